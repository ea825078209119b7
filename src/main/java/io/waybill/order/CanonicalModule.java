package io.waybill.order;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/** The scalars of canonical JSON, read without any coercion: text is text, amounts are decimal strings, instants RFC 3339. */
final class CanonicalModule extends SimpleModule {
    private static final long serialVersionUID = 1L;

    CanonicalModule() {
        addDeserializer(String.class, new TextReader());
        addKeyDeserializer(String.class, new NameReader());
        addDeserializer(BigDecimal.class, new AmountReader());
        addDeserializer(Instant.class, new InstantReader());
        addSerializer(BigDecimal.class, new AmountWriter());
    }

    private static String text(JsonParser parser, DeserializationContext context, String wanted) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            return context.reportInputMismatch(String.class, "must be %s", wanted);
        }
        String text = parser.getText();
        return storable(text, context);
    }

    private static String storable(String text, DeserializationContext context) throws JsonMappingException {
        if (text.indexOf('\0') >= 0) {
            return context.reportInputMismatch(String.class, "holds a NUL character, which no destination can store");
        }
        if (hasHalfOfAPair(text)) {
            return context.reportInputMismatch(
                    String.class, "holds half of a surrogate pair (\\uD800 to \\uDFFF alone), which is no character");
        }
        return text;
    }

    private static boolean hasHalfOfAPair(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (!Character.isSupplementaryCodePoint(text.codePointAt(i))) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }

    /** Names that are free to choose hold what text may hold. */
    static final class NameReader extends KeyDeserializer {
        @Override
        public Object deserializeKey(String name, DeserializationContext context) throws IOException {
            return storable(name, context);
        }
    }

    static final class TextReader extends StdScalarDeserializer<String> {
        private static final long serialVersionUID = 1L;

        TextReader() {
            super(String.class);
        }

        @Override
        public String deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            return text(parser, context, "text in double quotes");
        }
    }

    /** Versions are counters at some systems: 7 and "7" are the same. */
    static final class VersionReader extends StdDeserializer<String> {
        private static final long serialVersionUID = 1L;

        VersionReader() {
            super(String.class);
        }

        @Override
        public String deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            return parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                    ? parser.getBigIntegerValue().toString()
                    : text(parser, context, "text or a whole number");
        }
    }

    static final class AmountReader extends StdScalarDeserializer<BigDecimal> {
        private static final long serialVersionUID = 1L;

        AmountReader() {
            super(BigDecimal.class);
        }

        @Override
        public BigDecimal deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            String text = text(parser, context, "a decimal string such as \"12.50\"");
            try {
                return Amounts.parse(text);
            } catch (IllegalArgumentException e) {
                return context.reportInputMismatch(BigDecimal.class, "%s", e.getMessage());
            }
        }
    }

    static final class InstantReader extends StdScalarDeserializer<Instant> {
        private static final long serialVersionUID = 1L;

        InstantReader() {
            super(Instant.class);
        }

        @Override
        public Instant deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            String text = text(parser, context, "an RFC 3339 instant such as \"2026-11-20T10:11:12Z\"");
            try {
                return OffsetDateTime.parse(text).toInstant();
            } catch (DateTimeException e) {
                return context.reportInputMismatch(
                        Instant.class, "must be an RFC 3339 instant such as \"2026-11-20T10:11:12Z\"");
            }
        }
    }

    static final class AmountWriter extends StdScalarSerializer<BigDecimal> {
        private static final long serialVersionUID = 1L;

        AmountWriter() {
            super(BigDecimal.class);
        }

        @Override
        public void serialize(BigDecimal value, JsonGenerator generator, SerializerProvider provider)
                throws IOException {
            generator.writeString(value.toPlainString());
        }
    }
}
