package io.waybill.label.zpl;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Shapes and pictures, and the pictures a message stores before it prints them. */
final class GraphicCommands {
    private final Memory memory;
    private final Limits limits;
    private final Warnings warnings;

    GraphicCommands(Memory memory, Limits limits, Warnings warnings) {
        this.memory = memory;
        this.limits = limits;
        this.warnings = warnings;
    }

    /** @return null for a command that draws no graphic */
    @Nullable
    Content content(Command c) {
        Params p = c.params();
        return switch (c.name()) {
            case "^GB" -> Shape.box(p);
            case "^GC" -> Shape.circle(p);
            case "^GE" -> Shape.ellipse(p);
            case "^GD" -> Shape.diagonal(p);
            case "^GF" -> new Image(graphicField(c, p), 1, 1);
            case "^XG" -> new Image(stored(c, p), p.whole(1, 1, 1, 10), p.whole(2, 1, 1, 10));
            case "^IM" -> new Image(stored(c, p), 1, 1);
            default -> null;
        };
    }

    /** @return whether the command is about stored graphics */
    boolean store(Command c) {
        switch (c.name()) {
            case "~DG" -> downloadGraphic(c, c.params());
            case "~DY" -> downloadObject(c, c.params());
            case "^ID" -> memory.delete(c.params().text(0, ""));
            case "~EG", "^EG" -> memory.delete("*");
            default -> {
                return false;
            }
        }
        return true;
    }

    private Bitmap stored(Command c, Params p) {
        Bitmap bitmap = memory.graphic(p.text(0, ""));
        if (bitmap == null) {
            throw new ZplException(
                    ZplError.NOT_IN_MESSAGE,
                    c.where() + " recalls a graphic that is not in the message. Send it along.");
        }
        return bitmap;
    }

    private Bitmap graphicField(Command c, Params head) {
        String text = data(c, 4);
        GraphicData data = new GraphicData(c, head.whole(2, head.whole(1, 0)), head.whole(3, 0), limits);
        return switch (head.letter(0, 'A')) {
            case 'A' -> data.fromText(text, warnings);
            case 'B' -> data.fromBytes(text);
            default -> throw new Refusal(ZplError.UNSUPPORTED_CONTENT, "this compression cannot be read");
        };
    }

    private void downloadGraphic(Command c, Params head) {
        String text = data(c, 3);
        GraphicData data = new GraphicData(c, head.whole(1, 0), head.whole(2, 0), limits);
        memory.store(head.text(0, ""), data.fromText(text, warnings));
    }

    private void downloadObject(Command c, Params head) {
        char kind = head.letter(2, 'G');
        if (head.letter(1, 'A') == 'P' || kind == 'P') {
            memory.store(head.text(0, ""), PngGraphic.read(c, data(c, 5), limits));
        } else if (kind == 'G') {
            GraphicData data = new GraphicData(c, head.whole(3, 0), head.whole(4, 0), limits);
            String text = data(c, 5);
            memory.store(
                    head.text(0, ""),
                    head.letter(1, 'A') == 'B' ? data.fromBytes(text) : data.fromText(text, warnings));
        } else {
            warnings.add(c, "an object of type " + kind + " is not kept");
        }
    }

    /** What follows so many parameters; it may hold delimiters itself. */
    private static String data(Command c, int after) {
        String[] parts = c.args().split(Pattern.quote(String.valueOf(c.delimiter())), after + 1);
        if (parts.length <= after) {
            throw new ZplException(ZplError.TRUNCATED, c.where() + " ends before its data.");
        }
        return parts[after];
    }
}
