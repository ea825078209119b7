package io.waybill.rule;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a field holds, and so which operators suit it. */
public enum FieldType {
    TEXT,
    /** A whole number. */
    NUMBER,
    /** An amount of money or a rate, compared as a decimal. */
    AMOUNT,
    /** A moment in time, RFC 3339. */
    INSTANT,
    /** Several texts: a condition holds when it holds for one of them. */
    TEXTS,
    /** Named texts; ask for one of them as {@code attributes.<name>}. */
    ATTRIBUTES,
    /** A group of fields: only {@code exists} can be asked. */
    GROUP;

    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
