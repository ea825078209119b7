package io.waybill.channel.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.schibsted.spt.data.jslt.Function;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Locale;
import java.util.function.LongFunction;

/** Points in time, whatever a system's way to write them: RFC 3339 in UTC comes out. Null and empty text are passed on as null. */
final class Instants {
    private static final String NAIVE = "\\d{4}-\\d{2}-\\d{2}[T ]\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,9})?)?";
    private static final String DAY = "\\d{4}-\\d{2}-\\d{2}";
    private static final DateTimeFormatter OFFSET = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm[:ss][.SSSSSSSSS][.SSSSSS][.SSS][XXX][XX][X]", Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    private Instants() {}

    static List<Function> functions() {
        return List.of(
                new MappingFunction("utc", 1, 2, Instants::utc),
                new MappingFunction("utc-of-seconds", 1, 1, arguments -> counted(arguments[0], Instant::ofEpochSecond)),
                new MappingFunction("utc-of-millis", 1, 1, arguments -> counted(arguments[0], Instant::ofEpochMilli)),
                new MappingFunction("seconds-of", 1, 1, arguments -> seconds(arguments[0])),
                new MappingFunction("millis-of", 1, 1, arguments -> millis(arguments[0])),
                new MappingFunction("plus-seconds", 2, 2, Instants::plusSeconds),
                new MappingFunction("local-time", 3, 3, Instants::local));
    }

    /** Text with an offset says its instant itself; text without one is in the zone given, and refused without a zone. */
    private static JsonNode utc(JsonNode[] arguments) {
        String text = arguments[0].isTextual() ? arguments[0].asText().strip() : "";
        if (text.isEmpty() && (arguments[0].isNull() || arguments[0].isTextual())) {
            return NullNode.instance;
        }
        boolean naive = text.matches(NAIVE) || text.matches(DAY);
        if (naive && arguments.length < 2) {
            throw new IllegalArgumentException();
        }
        return TextNode.valueOf((naive ? naive(text, arguments[1].asText()) : marked(text)).toString());
    }

    private static Instant naive(String text, String zone) {
        LocalDateTime time =
                text.matches(DAY) ? LocalDate.parse(text).atStartOfDay() : LocalDateTime.parse(text.replace(' ', 'T'));
        return time.atZone(ZoneId.of(zone)).toInstant();
    }

    private static Instant marked(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return text.contains(",")
                    ? OffsetDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant()
                    : OffsetDateTime.parse(text.replaceFirst("^(\\S{10}) ", "$1T"), OFFSET)
                            .toInstant();
        }
    }

    private static Instant instant(JsonNode node) {
        return marked(node.asText());
    }

    private static JsonNode counted(JsonNode node, LongFunction<Instant> instant) {
        return node.isNull() || node.asText().isBlank()
                ? NullNode.instance
                : TextNode.valueOf(instant.apply(new java.math.BigDecimal(node.asText()).longValueExact())
                        .toString());
    }

    private static JsonNode seconds(JsonNode node) {
        return node.isNull()
                ? NullNode.instance
                : LongNode.valueOf(instant(node).getEpochSecond());
    }

    private static JsonNode millis(JsonNode node) {
        return node.isNull()
                ? NullNode.instance
                : LongNode.valueOf(instant(node).toEpochMilli());
    }

    private static JsonNode plusSeconds(JsonNode[] arguments) {
        return arguments[0].isNull()
                ? NullNode.instance
                : TextNode.valueOf(instant(arguments[0])
                        .plusSeconds(arguments[1].longValue())
                        .toString());
    }

    /** The instant by the clocks of a zone, in the pattern of {@link DateTimeFormatter}. */
    private static JsonNode local(JsonNode[] arguments) {
        return arguments[0].isNull()
                ? NullNode.instance
                : TextNode.valueOf(DateTimeFormatter.ofPattern(arguments[2].asText(), Locale.ROOT)
                        .withZone(
                                arguments[1].asText().equals("UTC") ? ZoneOffset.UTC : ZoneId.of(arguments[1].asText()))
                        .format(instant(arguments[0])));
    }
}
