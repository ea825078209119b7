package io.waybill.label.zpl;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Commands between a field's origin and its ^FS, and the fields of the open format. */
final class FieldCommands {
    private final Settings settings;
    private final GraphicCommands graphics;
    private final Limits limits;
    private final Warnings warnings;
    private final boolean bytes;
    private final Map<Integer, FieldData> values = new HashMap<>();
    private final List<Field> fields = new ArrayList<>();
    private FieldDraft draft = new FieldDraft();

    FieldCommands(Settings settings, GraphicCommands graphics, Limits limits, Warnings warnings, boolean bytes) {
        this.settings = settings;
        this.graphics = graphics;
        this.limits = limits;
        this.warnings = warnings;
        this.bytes = bytes;
    }

    List<Field> fields() {
        return fields;
    }

    Map<Integer, FieldData> values() {
        return values;
    }

    /** {@code ^MCN} keeps all but the variable fields for the next label. */
    void forget(boolean keepFixed) {
        values.clear();
        draft = new FieldDraft();
        fields.removeIf(field -> !keepFixed || field.variable());
    }

    /** @return whether the command is one of these */
    boolean run(Command c) {
        if (c.name().equals("^FS")) {
            finish();
            return true;
        }
        if (!data(c) && !look(c) && !content(c)) {
            return false;
        }
        draft.touch(c);
        return true;
    }

    void finish() {
        FieldDraft done = draft;
        draft = new FieldDraft();
        if (done.isValue()) {
            values.put(done.number, Objects.requireNonNull(done.data));
        } else if (done.printsSomething()) {
            limits.field();
            fields.add(done.finished(settings));
        }
    }

    private boolean data(Command c) {
        switch (c.name()) {
            case "^FO" -> position(c.params(), false);
            case "^FT" -> position(c.params(), true);
            case "^FD" -> draft.data(read(c.args()), false);
            case "^FV" -> draft.data(read(c.args()), true);
            case "^SN" -> draft.serial(Serial.of(read(c.params().text(0, "1")), c.params()));
            case "^FH" -> draft.hex = c.args().isBlank() ? '_' : c.args().charAt(0);
            case "^FN" -> draft.number = c.params().whole(0, 0, 0, 9_999);
            default -> {
                return false;
            }
        }
        return true;
    }

    private FieldData read(String raw) {
        return new FieldData(raw, draft.hex, settings.page, bytes);
    }

    /** A sign is ignored, as in the printer. A position also ends a field that has no ^FS. */
    private void position(Params p, boolean typeset) {
        if (draft.printsSomething()) {
            finish();
        }
        boolean right = p.has(2) ? p.whole(2, 0) == 1 : settings.rightAligned;
        double x = typeset && !p.has(0) ? Double.NaN : (double) settings.homeX + Math.abs(p.whole(0, 0));
        double y = typeset && !p.has(1) ? Double.NaN : (double) settings.homeY + Math.abs(p.whole(1, 0));
        draft.position = new Position(x, y, typeset, right);
    }

    private boolean look(Command c) {
        switch (c.name()) {
            case "^A" -> font(c);
            case "^FB" -> draft.block = TextBlock.ofFieldBlock(c.params());
            case "^TB" -> textBlock(c.params());
            case "^FR" -> draft.reverse = true;
            default -> {
                return false;
            }
        }
        return true;
    }

    private void textBlock(Params p) {
        Typeset font = draft.font == null ? settings.defaultFont() : draft.font;
        draft.font = font.turned(p.rotation(0, font.rotation()));
        draft.block = TextBlock.ofTextBlock(p.whole(1, 1, 1, 32_000), p.whole(2, 1, 1, 32_000), font.height());
    }

    private void font(Command c) {
        if (c.args().isEmpty()) {
            return;
        }
        char letter = Character.toUpperCase(c.args().charAt(0));
        Params p = new Params(c.args().substring(1), c.delimiter());
        Rotation rotation = p.rotation(0, settings.rotation);
        String file = letter == '@' ? p.text(3, "") : settings.assigned.get(letter);
        char known = file == null ? settings.known(letter, c, warnings) : letter;
        int height = p.whole(1, 0);
        int width = p.whole(2, 0);
        boolean asDefault = height <= 0 && width <= 0 && known == settings.font;
        draft.font = asDefault
                ? settings.fonts.of(known, rotation, settings.fontHeight, settings.fontWidth, file)
                : settings.fonts.of(known, rotation, height, width, file);
    }

    private boolean content(Command c) {
        Content content =
                switch (c.name()) {
                    case "^GS" -> symbol(c.params());
                    case "^BY" -> null;
                    default -> c.name().startsWith("^B") ? barcode(c) : graphics.content(c);
                };
        if (content == null) {
            return false;
        }
        draft.content = content;
        draft.where = c;
        draft.drop = c.name().equals("^BQ") ? settings.bars.height() : 0;
        return true;
    }

    private Content symbol(Params p) {
        int height = p.whole(1, settings.fontHeight > 0 ? settings.fontHeight : 24, 1, 32_000);
        return new GraphicSymbol(p.rotation(0, settings.rotation), height, p.whole(2, height, 1, 32_000));
    }

    private @Nullable Content barcode(Command c) {
        limits.barcode();
        Function<String, Artwork> symbology = Symbologies.of(c, settings.bars, settings.dpi, warnings);
        if (symbology == null) {
            throw new Refusal(
                    ZplError.UNSUPPORTED_CONTENT,
                    "this type of barcode is not drawn. Ask the carrier for another format");
        }
        Rotation rotation = c.name().equals("^BD") ? Rotation.N : c.params().rotation(0, settings.rotation);
        return new Barcode(rotation, symbology);
    }
}
