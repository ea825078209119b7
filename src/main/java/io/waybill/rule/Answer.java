package io.waybill.rule;

/**
 * What a piece of a condition says. As in CEL, an unanswerable piece does not matter where the others settle the matter:
 * false && failed is false, true || failed is true.
 */
enum Answer {
    TRUE,
    FALSE,
    /** A field it needs is not there. At the end that means false. */
    MISSING,
    /** It could not be evaluated, such as a division by zero. */
    FAILED;

    static Answer of(boolean value) {
        return value ? TRUE : FALSE;
    }

    Answer not() {
        return switch (this) {
            case TRUE -> FALSE;
            case FALSE -> TRUE;
            case MISSING, FAILED -> this;
        };
    }

    Answer and(Answer other) {
        if (this == FALSE || other == FALSE) {
            return FALSE;
        }
        return compareTo(other) >= 0 ? this : other;
    }

    Answer or(Answer other) {
        return not().and(other.not()).not();
    }

    Answer missingIsFalse() {
        return this == MISSING ? FALSE : this;
    }
}
