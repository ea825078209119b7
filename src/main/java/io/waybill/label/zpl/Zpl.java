package io.waybill.label.zpl;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * ZPL II in, PDF out. Safe for any number of threads; same input and options, same bytes. Refuses with {@link ZplException}
 * rather than leaving out content; what it only reads leniently is in the warnings.
 */
public final class Zpl {
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private Zpl() {}

    /**
     * Text that has already been decoded: characters beyond ASCII stand for themselves, whatever {@code ^CI} says. Binary
     * graphics ({@code ^GFB}) need {@link #render(byte[], ZplOptions)}.
     */
    public static ZplDocument render(String zpl, ZplOptions options) {
        return render(zpl, options, false);
    }

    /** The label as it would go to the printer: bytes beyond ASCII are read by the {@code ^CI} in force. */
    public static ZplDocument render(byte[] zpl, ZplOptions options) {
        Limits.input(zpl.length);
        return render(new String(zpl, StandardCharsets.ISO_8859_1), options, true);
    }

    private static ZplDocument render(String zpl, ZplOptions options, boolean bytes) {
        Limits.input(zpl.length());
        String text = !zpl.isEmpty() && zpl.charAt(0) == BYTE_ORDER_MARK ? zpl.substring(1) : zpl;
        Interpreter interpreter = new Interpreter(options, bytes);
        List<Label> labels = interpreter.play(new CommandReader(text));
        if (labels.isEmpty()) {
            throw new ZplException(ZplError.NOTHING_TO_PRINT, "The message prints nothing. Ask for the label again.");
        }
        byte[] pdf = new PdfWriter(options.dpi()).write(labels, Fingerprint.of(text, options));
        return new ZplDocument(pdf, sizes(labels, options.dpi()), interpreter.warnings());
    }

    private static List<ZplDocument.Size> sizes(List<Label> labels, int dpi) {
        return labels.stream()
                .map(label -> new ZplDocument.Size(label.width() * 72f / dpi, label.height() * 72f / dpi))
                .toList();
    }
}
