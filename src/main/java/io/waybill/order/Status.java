package io.waybill.order;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The canonical status of an order. The system's own word is kept beside it in {@link Order#systemStatus()}. */
public enum Status {
    DRAFT,
    PENDING,
    PAID,
    ON_HOLD,
    PROCESSING,
    PARTIALLY_SHIPPED,
    SHIPPED,
    DELIVERED,
    CANCELLED,
    PARTIALLY_REFUNDED,
    REFUNDED,
    RETURNED;

    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    public static Status of(String word) {
        return Arrays.stream(values())
                .filter(status -> status.word().equals(word))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("\"" + word + "\" is not a canonical status; use one of "
                                + Arrays.stream(values()).map(Status::word).collect(Collectors.joining(", "))));
    }
}
