package io.waybill.rule;

import java.util.Locale;

/** The names a condition starts from. {@code tags} is short for {@code order.tags}. */
enum Variable {
    ORDER,
    LINE,
    EVENT,
    TAGS;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    Shape shape() {
        return switch (this) {
            case ORDER, TAGS -> Shape.ORDER;
            case LINE -> Shape.LINE;
            case EVENT -> Shape.EVENT;
        };
    }
}
