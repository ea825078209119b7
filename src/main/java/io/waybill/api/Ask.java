package io.waybill.api;

import io.waybill.order.WaybillException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Collection;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads query parameters. Empty counts as left out; whatever cannot be meant is refused, naming what can. */
final class Ask {
    static final int MOST = 200;
    private static final int DEFAULT = 50;
    private static final int LONGEST = 500;
    private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    private Ask() {}

    static @Nullable String text(String name, @Nullable String value) {
        if (value == null || value.isBlank()) {
            return null;
        }
        if (value.length() > LONGEST) {
            throw invalid(name, "is longer than " + LONGEST + " characters");
        }
        if (value.chars().anyMatch(Character::isISOControl)) {
            throw invalid(name, "holds a control character");
        }
        return value.strip();
    }

    /** A text in a body, refused as such. */
    static @Nullable String member(String name, @Nullable String value) {
        try {
            return text(name, value);
        } catch (WaybillException e) {
            throw new WaybillException(
                    ApiError.INVALID_BODY,
                    "\"" + name + "\" is longer than " + LONGEST + " characters, or holds a control character.",
                    e);
        }
    }

    static <E> @Nullable E word(String name, @Nullable String value, E[] allowed, Function<E, String> word) {
        String text = text(name, value);
        if (text == null) {
            return null;
        }
        return Arrays.stream(allowed)
                .filter(candidate -> word.apply(candidate).equals(text))
                .findFirst()
                .orElseThrow(() -> invalid(
                        name,
                        "must be one of " + Arrays.stream(allowed).map(word).collect(Collectors.joining(", "))));
    }

    static @Nullable String oneOf(String name, @Nullable String value, Collection<String> allowed) {
        String text = text(name, value);
        if (text != null && !allowed.contains(text)) {
            throw invalid(name, "must be one of " + String.join(", ", allowed));
        }
        return text;
    }

    static @Nullable Instant from(@Nullable String value) {
        return instant("from", value, 0);
    }

    /** A day stands for all of it: its end. */
    static @Nullable Instant to(@Nullable String value) {
        return instant("to", value, 1);
    }

    private static @Nullable Instant instant(String name, @Nullable String value, int days) {
        String text = text(name, value);
        if (text == null) {
            return null;
        }
        try {
            Instant instant = text.length() == 10
                    ? LocalDate.parse(text)
                            .plusDays(days)
                            .atStartOfDay(ZoneOffset.UTC)
                            .toInstant()
                    // In a query a plus sign reads as a space.
                    : OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
            if (instant.isBefore(EARLIEST) || instant.isAfter(LATEST)) {
                throw invalid(name, "lies outside 1970 to 9999");
            }
            return instant;
        } catch (DateTimeParseException e) {
            throw invalid(name, "must be a day such as 2026-11-20 or an instant such as 2026-11-20T10:00:00Z");
        }
    }

    static int limit(@Nullable String value) {
        String text = text("limit", value);
        Long limit = text == null ? Long.valueOf(DEFAULT) : number("limit", text);
        if (limit == null || limit < 1 || limit > MOST) {
            throw invalid("limit", "must be a whole number from 1 to " + MOST);
        }
        return limit.intValue();
    }

    static @Nullable Long number(String name, @Nullable String value) {
        String text = text(name, value);
        if (text == null) {
            return null;
        }
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            throw invalid(name, "must be a whole number");
        }
    }

    static boolean flag(String name, @Nullable String value) {
        return "true".equals(oneOf(name, value, java.util.List.of("true", "false")));
    }

    static WaybillException invalid(String name, String problem) {
        return new WaybillException(ApiError.INVALID_PARAMETER, "Parameter \"" + name + "\" " + problem + ".");
    }
}
