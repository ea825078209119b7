package io.waybill.label.zpl;

import org.jspecify.annotations.Nullable;

/** A field between its first command and ^FS. */
final class FieldDraft {
    @Nullable
    Command where;

    @Nullable
    Position position;

    @Nullable
    Typeset font;

    @Nullable
    TextBlock block;

    @Nullable
    Content content;

    @Nullable
    FieldData data;

    @Nullable
    Serial serial;

    boolean reverse;
    boolean variable;
    char hex;
    int number = -1;
    double drop;

    void touch(Command command) {
        if (where == null) {
            where = command;
        }
    }

    void data(FieldData read, boolean varies) {
        data = read;
        variable = varies;
    }

    void serial(Serial counted) {
        serial = counted;
        data = counted.start();
    }

    /** A number with data and nothing else fills fields of a stored format. */
    boolean isValue() {
        return number >= 0 && data != null && position == null && content == null && font == null;
    }

    boolean printsSomething() {
        return content != null && !content.needsData() || data != null || number >= 0 || serial != null;
    }

    Field finished(Settings settings) {
        Typeset typeset = font == null ? settings.defaultFont() : font;
        Content shown = content == null ? new Text(typeset, block) : content;
        boolean inverse = reverse || settings.reversed;
        Command command = java.util.Objects.requireNonNull(where);
        return new Field(command, placed(settings), shown, inverse, data, number, serial, variable);
    }

    private Position placed(Settings settings) {
        Position at = position == null
                ? new Position(settings.homeX, settings.homeY, false, settings.rightAligned)
                : position;
        return at.typeset() ? at : new Position(at.x(), at.y() + drop, false, at.rightAligned());
    }
}
