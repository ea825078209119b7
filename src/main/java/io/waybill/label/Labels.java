package io.waybill.label;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Turns what carriers send into PDF. Safe for many threads. The same source gives the same bytes in any JVM, for one {@link
 * #VERSION}. Pictures and PDFs of usual size are converted here within budgets checked beforehand; HTML and all else in child
 * JVMs that are killed after 10 s; their number bounds how many run at once, and a thread that finds none free waits.
 */
public final class Labels implements AutoCloseable {
    /** Goes up when the same source would give other bytes. */
    public static final String VERSION = "1";

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration IDLE = Duration.ofSeconds(60);

    private final Children children;

    public Labels() {
        this(Math.max(1, Math.min(4, Runtime.getRuntime().availableProcessors())));
    }

    /** With at most so many child JVMs, of up to 256 MiB heap each. */
    public Labels(int children) {
        this(children, LIMIT, IDLE);
    }

    Labels(int children, Duration limit, Duration idle) {
        this.children = new Children(children, limit, idle);
    }

    /** The key a result may be stored under: a hash of the source and of {@link #VERSION}. */
    public static String key(LabelSource source) {
        return Fingerprint.of(source);
    }

    /** @throws LabelException with a {@link LabelError} that says whether a retry can help */
    public LabelPdf convert(LabelSource source) {
        Content content = unwrap(source);
        return isTrusted(content) ? Conversion.of(content) : children.convert(content);
    }

    /** Renders HTML of our own, a packing slip, with the same renderer and fonts, on pages of that size. */
    public byte[] htmlToPdf(String html, String size) {
        Content content = new Content(
                LabelFormat.HTML,
                html.getBytes(StandardCharsets.UTF_8),
                PageSize.parse(size),
                Map.of(),
                LabelOptions.DEFAULTS,
                List.of());
        return children.convert(content).bytes();
    }

    /** One document of several, in order: what {@link #convert} and {@link #htmlToPdf} made. */
    public byte[] merge(List<byte[]> pdfs) {
        return Merge.of(pdfs);
    }

    @Override
    public void close() {
        children.close();
    }

    int warmChildren() {
        return children.warmChildren();
    }

    static Content unwrap(LabelSource source) {
        Envelope.Opened opened = Envelope.open(source.data());
        LabelFormat format = Sniffer.format(opened.bytes()).orElseThrow(() -> unknown(opened.bytes()));
        List<String> warnings = new ArrayList<>();
        mismatch(source.declaredFormat(), format).ifPresent(warnings::add);
        opened.mediaType().flatMap(type -> mismatch(type, format)).ifPresent(warnings::add);
        String size = source.declaredSize();
        PageSize page = size == null || size.isBlank() ? null : PageSize.parse(size);
        return new Content(format, opened.bytes(), page, capped(source.resources()), source.options(), warnings);
    }

    private static LabelException unknown(byte[] data) {
        Optional<String> foreign = Sniffer.foreign(data);
        return foreign.map(name -> new LabelException(
                        LabelError.UNSUPPORTED_FORMAT, name + " is not converted; ask the carrier for PDF, PNG or ZPL"))
                .orElseGet(() -> new LabelException(
                        LabelError.UNKNOWN_FORMAT, "The label is none of PDF, HTML, GIF, PNG, JPEG, TIFF and ZPL"));
    }

    private static Optional<String> mismatch(@Nullable String declared, LabelFormat format) {
        if (declared == null || declared.isBlank()) {
            return Optional.empty();
        }
        Optional<LabelFormat> named = LabelFormat.named(declared);
        return named.isPresent() && named.get() != format
                ? Optional.of("Declared as " + named.get() + ", but the content is " + format)
                : Optional.empty();
    }

    private static Map<String, byte[]> capped(Map<String, byte[]> resources) {
        long total = resources.values().stream().mapToLong(r -> r.length).sum();
        if (total > Limits.ENCODED_BYTES) {
            throw new LabelException(
                    LabelError.LABEL_TOO_LARGE, "The label's resources have " + total + " bytes together");
        }
        return new TreeMap<>(resources);
    }

    private static int barcodes(byte[] zpl) {
        int count = 0;
        for (int i = 1; i < zpl.length; i++) {
            count += zpl[i - 1] == '^' && (zpl[i] == 'B' || zpl[i] == 'b') ? 1 : 0;
        }
        return count;
    }

    /** Whether the checks done beforehand bound what converting it can cost. */
    private static boolean isTrusted(Content content) {
        return switch (content.format()) {
            case PDF -> {
                PdfScan scan = PdfScan.of(content.bytes());
                yield !scan.unusual()
                        && scan.inflated() <= Limits.TRUSTED_INFLATED
                        && content.bytes().length <= Limits.TRUSTED_BYTES;
            }
            case GIF, PNG, JPEG ->
                RasterHeader.read(content.format(), content.bytes()).pixels() <= Limits.TRUSTED_PIXELS;
            case ZPL ->
                content.bytes().length <= Limits.TRUSTED_ZPL && barcodes(content.bytes()) <= Limits.TRUSTED_BARCODES;
            case HTML, TIFF -> false;
            case EPL -> true;
        };
    }
}
