package io.waybill.label.zpl;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Plays the commands of one message and collects its labels. */
final class Interpreter {
    /** Settings of the printer that leave no ink. */
    private static final Set<String> NO_INK = Set.of(
            "^FX", "^MN", "^MT", "^MM", "^MD", "^MF", "^ML", "^MP", "^MW", "^PR", "^PA", "^PF", "^PP", "~PP", "~PR",
            "~PS", "^PH", "~PH", "~SD", "^SD", "~TA", "~JS", "^JS", "^JU", "^JM", "^JZ", "^JT", "^JW", "^JB", "~JA",
            "~JB", "~JC", "~JD", "~JE", "~JL", "~JR", "^ST", "^SZ", "^SL", "^SP", "^SQ", "^SR", "^SS", "^SX", "^SI",
            "^XB", "^XS", "^CV", "^HH", "~HS", "~HI", "~HM", "^HV", "^HZ", "^LF", "^NB", "^NC", "^ND", "^NI", "^NS",
            "^NT", "^KD", "^KL", "^KN", "^KP", "~RO", "^RB", "^RS", "^RF", "^RW", "^RZ", "^WD", "~WC", "^EF", "^CC",
            "~CC", "^CT", "~CT", "^CD", "~CD", "^CN", "^CP", "^CM", "^CO", "^TO", "^ZZ", "^MA", "^MI", "^JJ", "~DE",
            "^SE", "^FM", "~NC", "~NR", "~NT", "^JI", "~JI");

    private final Settings settings;
    private final boolean bytes;
    private final Limits limits = new Limits();
    private final Warnings warnings = new Warnings();
    private final Memory memory = new Memory();
    private final List<Label> labels = new ArrayList<>();
    private final Map<Integer, FieldData> values = new HashMap<>();
    private List<Field> fields = new ArrayList<>();
    private FieldDraft draft = new FieldDraft();
    private @Nullable Command open;
    private @Nullable List<Command> storing;
    private String storingAs = "";
    private boolean mapClear = true;
    private int quantity = 1;
    private int depth;

    Interpreter(ZplOptions options, boolean bytes) {
        this.settings = new Settings(options);
        this.bytes = bytes;
    }

    List<String> warnings() {
        return warnings.texts();
    }

    List<Label> play(CommandReader reader) {
        for (Command command = reader.next(); command != null; command = reader.next()) {
            limits.command();
            play(command);
        }
        if (open != null) {
            throw new ZplException(
                    ZplError.TRUNCATED,
                    "The format that starts at " + open.position() + " has no ^XZ. Ask for the label again.");
        }
        return labels;
    }

    private void play(Command command) {
        if (storing != null && !command.name().equals("^XZ")) {
            storing.add(command);
            return;
        }
        try {
            run(settings.units.apply(command));
        } catch (Refusal refusal) {
            throw refusal.at(command);
        }
    }

    private void run(Command c) {
        switch (c.name()) {
            case "^XA" -> start(c);
            case "^XZ" -> end();
            case "~DG" -> downloadGraphic(c);
            case "~DY" -> downloadObject(c);
            case "^ID" -> memory.delete(c.params().text(0, ""));
            case "~EG", "^EG" -> memory.delete("*");
            case "^DF" -> store(c);
            case "^XF" -> recall(c);
            default -> {
                if (open != null && !field(c) && !graphic(c) && !setting(c)) {
                    other(c);
                } else if (open == null && !setting(c)) {
                    ignored(c);
                }
            }
        }
    }

    // ---- formats

    private void start(Command c) {
        if (open != null) {
            warnings.add(c, "starts a format within a format");
            end();
        }
        open = c;
        values.clear();
        quantity = 1;
        draft = new FieldDraft();
    }

    private void end() {
        if (storing != null) {
            memory.store(storingAs, storing);
            storing = null;
        }
        if (open == null) {
            return;
        }
        finishField();
        print();
        fields = mapClear ? new ArrayList<>() : kept();
        mapClear = true;
        open = null;
    }

    /** {@code ^MCN}: the next label keeps all but the variable fields. */
    private List<Field> kept() {
        List<Field> out = new ArrayList<>(fields);
        out.removeIf(Field::variable);
        return out;
    }

    /** Copies that are alike are the printer's business; only serial numbers make pages of their own. */
    private void print() {
        boolean serial = fields.stream().anyMatch(f -> f.serial() != null);
        int copies = serial ? quantity : 1;
        for (int copy = 0; copy < copies; copy++) {
            Label label = new Label(settings.width, settings.height, settings.upsideDown, settings.mirrored);
            for (Field field : fields) {
                limits.field();
                field.place(label, values, copy);
            }
            if (!label.marks().isEmpty()) {
                limits.label();
                label.shift(-settings.shiftLeft, settings.top);
                labels.add(label);
            }
        }
    }

    private void store(Command c) {
        storingAs = c.params().text(0, "");
        storing = new ArrayList<>();
    }

    private void recall(Command c) {
        List<Command> format = memory.format(c.params().text(0, ""));
        if (format == null) {
            throw new ZplException(
                    ZplError.NOT_IN_MESSAGE,
                    c.where() + " recalls a format that is not in the message. Send it along.");
        }
        if (++depth > 3) {
            throw new ZplException(ZplError.MALFORMED, c.where() + " recalls itself.");
        }
        for (Command stored : format) {
            limits.command();
            play(stored);
        }
        depth--;
    }

    // ---- fields

    private boolean field(Command c) {
        switch (c.name()) {
            case "^FO" -> position(c, false);
            case "^FT" -> position(c, true);
            case "^FD" -> data(c, false);
            case "^FV" -> data(c, true);
            case "^SN" -> serial(c);
            case "^FS" -> finishField();
            case "^FH" -> draft.hex = c.args().isBlank() ? '_' : c.args().charAt(0);
            case "^FN" -> draft.number = c.params().whole(0, 0, 0, 9_999);
            case "^FR" -> draft.reverse = true;
            case "^FB" -> block(c);
            case "^TB" -> textBlock(c);
            case "^A" -> font(c);
            case "^GS" -> symbol(c);
            default -> {
                return barcode(c);
            }
        }
        draft.touch(c);
        return true;
    }

    /** A sign is ignored, as in the printer. */
    private void position(Command c, boolean typeset) {
        if (draft.printsSomething()) {
            finishField();
        }
        Params p = c.params();
        boolean right = p.has(2) ? p.whole(2, 0) == 1 : settings.rightAligned;
        double x = typeset && !p.has(0) ? Double.NaN : (double) settings.homeX + Math.abs(p.whole(0, 0));
        double y = typeset && !p.has(1) ? Double.NaN : (double) settings.homeY + Math.abs(p.whole(1, 0));
        draft.position = new Position(x, y, typeset, right);
    }

    private void data(Command c, boolean variable) {
        draft.data = new FieldData(c.args(), draft.hex, settings.page, bytes);
        draft.variable = variable;
    }

    private void serial(Command c) {
        FieldData start = new FieldData(c.params().text(0, "1"), draft.hex, settings.page, bytes);
        draft.serial = Serial.of(start, c.params());
        draft.data = start;
    }

    private void finishField() {
        FieldDraft done = draft;
        draft = new FieldDraft();
        if (done.isValue()) {
            values.put(done.number, java.util.Objects.requireNonNull(done.data));
        } else if (done.printsSomething()) {
            limits.field();
            fields.add(done.finished(settings));
        }
    }

    private void block(Command c) {
        TextBlock block = TextBlock.ofFieldBlock(c.params());
        draft.block = block.width() > 0 ? block : null;
    }

    private void textBlock(Command c) {
        Params p = c.params();
        Typeset font = draft.font == null ? settings.defaultFont() : draft.font;
        Rotation rotation = p.rotation(0, font.rotation());
        draft.font = font.turned(rotation);
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
        char known = known(letter, file, c);
        int height = p.whole(1, 0);
        int width = p.whole(2, 0);
        boolean asDefault = height <= 0 && width <= 0 && known == settings.font;
        draft.font = settings.fonts.of(
                known,
                rotation,
                asDefault ? settings.fontHeight : height,
                asDefault ? settings.fontWidth : width,
                file);
    }

    private char known(char letter, @Nullable String file, Command c) {
        if (file != null || FontTable.known(letter)) {
            return letter;
        }
        warnings.add(c, "font " + letter + " is not in the printer, font A is used");
        return 'A';
    }

    private void symbol(Command c) {
        Params p = c.params();
        int height = p.whole(1, settings.fontHeight > 0 ? settings.fontHeight : 24, 1, 32_000);
        int width = p.whole(2, height, 1, 32_000);
        draft.content = new GraphicSymbol(p.rotation(0, settings.rotation), height, width);
    }

    private boolean barcode(Command c) {
        if (c.name().equals("^BY")) {
            settings.bars = settings.bars.with(c.params());
            return true;
        }
        if (!c.name().startsWith("^B")) {
            return false;
        }
        limits.barcode();
        Function<String, Artwork> symbology = Symbologies.of(c, settings.bars, settings.dpi, warnings);
        if (symbology == null) {
            throw unsupported(c);
        }
        boolean upright = c.name().equals("^BD");
        draft.content = new Barcode(upright ? Rotation.N : c.params().rotation(0, settings.rotation), symbology);
        draft.where = c;
        draft.drop = c.name().equals("^BQ") ? settings.bars.height() : 0;
        return true;
    }

    // ---- graphics

    private boolean graphic(Command c) {
        Params p = c.params();
        switch (c.name()) {
            case "^GB" -> draft.content = Shape.box(p);
            case "^GC" -> draft.content = Shape.circle(p);
            case "^GE" -> draft.content = Shape.ellipse(p);
            case "^GD" -> draft.content = Shape.diagonal(p);
            case "^GF" -> draft.content = new Image(graphicField(c), 1, 1);
            case "^XG" -> draft.content = new Image(stored(c), p.whole(1, 1, 1, 10), p.whole(2, 1, 1, 10));
            case "^IM" -> draft.content = new Image(stored(c), 1, 1);
            default -> {
                return false;
            }
        }
        draft.touch(c);
        return true;
    }

    private Bitmap stored(Command c) {
        Bitmap bitmap = memory.graphic(c.params().text(0, ""));
        if (bitmap == null) {
            throw new ZplException(
                    ZplError.NOT_IN_MESSAGE,
                    c.where() + " recalls a graphic that is not in the message. Send it along.");
        }
        return bitmap;
    }

    private Bitmap graphicField(Command c) {
        String[] parts = split(c, 5);
        Params head = c.params();
        GraphicData data = new GraphicData(c, head.whole(2, head.whole(1, 0)), head.whole(3, 0), limits);
        return switch (head.letter(0, 'A')) {
            case 'A' -> data.fromText(parts[4], warnings);
            case 'B' -> data.fromBytes(parts[4]);
            default -> throw unsupported(c);
        };
    }

    private void downloadGraphic(Command c) {
        String[] parts = split(c, 4);
        Params head = c.params();
        GraphicData data = new GraphicData(c, head.whole(1, 0), head.whole(2, 0), limits);
        memory.store(parts[0], data.fromText(parts[3], warnings));
    }

    private void downloadObject(Command c) {
        String[] parts = split(c, 6);
        Params head = c.params();
        char kind = head.letter(2, 'G');
        boolean packed = head.letter(1, 'A') == 'P' || kind == 'P';
        if (kind != 'G' && !packed) {
            warnings.add(c, "an object of type " + kind + " is not kept");
        } else if (packed) {
            memory.store(parts[0], PngGraphic.read(c, parts[5], limits));
        } else {
            GraphicData data = new GraphicData(c, head.whole(3, 0), head.whole(4, 0), limits);
            boolean raw = head.letter(1, 'A') == 'B';
            memory.store(parts[0], raw ? data.fromBytes(parts[5]) : data.fromText(parts[5], warnings));
        }
    }

    private static String[] split(Command c, int parts) {
        String[] out = c.args().split(java.util.regex.Pattern.quote(String.valueOf(c.delimiter())), parts);
        if (out.length < parts) {
            throw new ZplException(ZplError.TRUNCATED, c.where() + " ends before its data.");
        }
        return out;
    }

    // ---- settings

    private boolean setting(Command c) {
        Params p = c.params();
        switch (c.name()) {
            case "^LH" -> {
                settings.homeX = p.whole(0, settings.homeX);
                settings.homeY = p.whole(1, settings.homeY);
            }
            case "^LT" -> settings.top = p.whole(0, 0, -120, 120);
            case "^LS" -> settings.shiftLeft = p.whole(0, 0, -9_999, 9_999);
            case "^LL" -> settings.height(p.whole(0, 0));
            case "^PW" -> settings.width(p.whole(0, 0));
            case "^LR" -> settings.reversed = p.yes(0, settings.reversed);
            case "^PO" -> settings.upsideDown = p.letter(0, 'N') == 'I';
            case "^PM" -> settings.mirrored = p.yes(0, false);
            case "^PQ" -> quantity(c);
            case "^MU" -> settings.units = Units.of(p, settings.dpi);
            case "^MC" -> mapClear = p.yes(0, true);
            case "^FW" -> {
                settings.rotation = p.rotation(0, settings.rotation);
                settings.rightAligned = p.has(1) ? p.whole(1, 0) == 1 : settings.rightAligned;
            }
            case "^BY" -> settings.bars = settings.bars.with(p);
            case "^CI" -> codePage(c);
            case "^CF" -> defaultFont(c);
            case "^CW" -> settings.assigned.put(p.letter(0, ' '), p.text(1, ""));
            default -> {
                return NO_INK.contains(c.name());
            }
        }
        return true;
    }

    private void quantity(Command c) {
        quantity = c.params().whole(0, 1, 1, 99_999_999);
        if (quantity > 1) {
            warnings.add(c, "asks for " + quantity + " copies; copies that are alike are one page");
        }
    }

    private void codePage(Command c) {
        int number = c.params().whole(0, 0);
        if (!CodePage.known(number) || c.params().has(1)) {
            warnings.add(c, "this character set or its changes are read as code page 850");
        }
        settings.page = CodePage.of(number);
    }

    private void defaultFont(Command c) {
        Params p = c.params();
        char letter = p.letter(0, settings.font);
        settings.font = known(letter, settings.assigned.get(letter), c);
        boolean sized = p.has(1) || p.has(2);
        settings.fontHeight = sized ? p.whole(1, 0) : settings.fontHeight;
        settings.fontWidth = sized ? p.whole(2, 0) : settings.fontWidth;
    }

    // ---- the rest

    /** Commands that would print something we cannot make. */
    private static final Set<String> CONTENT = Set.of("^FC", "^IL", "^GF", "^XG", "^IM", "^FE");

    private void other(Command c) {
        if (CONTENT.contains(c.name())) {
            throw unsupported(c);
        }
        ignored(c);
    }

    private void ignored(Command c) {
        if (!NO_INK.contains(c.name())) {
            warnings.add(
                    c, open == null ? "stands outside a format and is ignored" : "is not supported and is ignored");
        }
    }

    private static ZplException unsupported(Command c) {
        return new ZplException(
                ZplError.UNSUPPORTED_CONTENT,
                c.where() + " prints something that cannot be drawn. Ask the carrier for another format.");
    }
}
