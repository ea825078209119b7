package io.waybill.order;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Canonical JSON: how events come in and how they leave. Reading is strict (unknown and duplicate members, coerced types
 * and text that cannot be stored are refused, each with its path); writing leaves out what is null or empty. Safe for use by many threads.
 */
public final class EventJson {
    /** Deeper JSON is an attack, not an order. */
    public static final int MAX_DEPTH = 100;

    /** Strict about duplicates, trailing text and depth; also right for any other JSON from outside. */
    public static final JsonMapper MAPPER = mapper();

    private static final Set<Class<?>> OURS = Set.of(String.class, BigDecimal.class, Instant.class);

    /** A path is stored too. */
    private static final Pattern UNSTORABLE = Pattern.compile("[\\p{Cc}\\p{Cs}]");

    private EventJson() {}

    /** Reads JSON text of any shape, strictly. */
    public static JsonNode tree(byte[] json) {
        try {
            JsonNode node = MAPPER.readTree(json);
            if (node == null || node.isMissingNode()) {
                throw new InvalidEvent("$", "the body is empty");
            }
            return node;
        } catch (JsonProcessingException e) {
            throw new InvalidEvent("$", "not JSON: " + location(e));
        } catch (IOException e) {
            throw new InvalidEvent("$", "cannot be read as UTF-8 JSON");
        }
    }

    /** Reads one event. An array of events is the caller's to take apart, so that a bad one parks alone. */
    public static Event read(JsonNode node) {
        if (!(node instanceof ObjectNode object)) {
            throw new InvalidEvent("$", "an event is a JSON object such as {\"type\": \"order\", \"order\": {…}}");
        }
        JsonNode type = object.path("type");
        if (!type.isTextual()) {
            throw new InvalidEvent("type", "is missing; use order, cancellation, shipment, return, label or status");
        }
        ObjectNode members = object.deepCopy();
        members.remove("type");
        return checked(convert(members, javaType(type.textValue())));
    }

    public static Event read(byte[] json) {
        return read(tree(json));
    }

    public static Order readOrder(JsonNode node) {
        return convert(node, Order.class);
    }

    /** The event as canonical JSON with its {@code type}. */
    public static ObjectNode tree(Event event) {
        ObjectNode node = MAPPER.createObjectNode();
        node.put("type", event.type().word());
        node.setAll(MAPPER.<ObjectNode>valueToTree(event));
        return node;
    }

    public static byte[] write(Event event) {
        return bytes(tree(event));
    }

    public static byte[] bytes(JsonNode node) {
        try {
            return MAPPER.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree in memory always writes", e);
        }
    }

    private static Class<? extends Event> javaType(String word) {
        EventType type;
        try {
            type = EventType.of(word);
        } catch (IllegalArgumentException e) {
            throw new InvalidEvent("type", String.valueOf(e.getMessage()));
        }
        return switch (type) {
            case ORDER -> OrderChanged.class;
            case CANCELLATION -> OrderCancelled.class;
            case SHIPMENT -> OrderShipped.class;
            case RETURN -> OrderReturned.class;
            case LABEL -> LabelCreated.class;
            case STATUS -> StatusChanged.class;
            case TAGS -> TagsGiven.class;
        };
    }

    private static Event checked(Event event) {
        if (event instanceof LabelCreated label) {
            if (label.orderId().isBlank()) {
                throw new InvalidEvent("orderId", "is missing");
            }
            if (label.id().isBlank()) {
                throw new InvalidEvent("id", "is missing");
            }
        }
        return event;
    }

    private static <T> T convert(JsonNode node, Class<T> type) {
        try {
            return MAPPER.treeToValue(node, type);
        } catch (JsonMappingException e) {
            throw invalid(e);
        } catch (JsonProcessingException e) {
            throw new InvalidEvent("$", "not JSON: " + location(e));
        }
    }

    /** Says what is wrong without repeating values: they may be customers' data. */
    private static InvalidEvent invalid(JsonMappingException e) {
        String path = path(e.getPath());
        if (e.getCause() instanceof InvalidEvent inner) {
            return new InvalidEvent(joined(path, inner.path()), afterPath(inner));
        }
        if (e instanceof UnrecognizedPropertyException) {
            return new InvalidEvent(path, "unknown member; remove it or map it to attributes");
        }
        if (e instanceof InvalidFormatException format) {
            return new InvalidEvent(
                    path, "cannot be read as " + format.getTargetType().getSimpleName());
        }
        if (e.getCause() instanceof IllegalArgumentException cause) {
            return new InvalidEvent(path, String.valueOf(cause.getMessage()));
        }
        return new InvalidEvent(path, problem(e));
    }

    /** The messages of our own scalars are safe to show; Jackson's own may repeat the value. */
    private static String problem(JsonMappingException e) {
        if (!(e instanceof MismatchedInputException mismatch) || mismatch.getTargetType() == null) {
            return "cannot be read";
        }
        Class<?> wanted = mismatch.getTargetType();
        if (OURS.contains(wanted)) {
            return mismatch.getOriginalMessage();
        }
        if (wanted == int.class) {
            return "must be a whole number";
        }
        return List.class.isAssignableFrom(wanted) ? "must be an array" : "must be a JSON object";
    }

    private static String afterPath(InvalidEvent inner) {
        return String.valueOf(inner.getMessage()).substring(inner.path().length() + 2);
    }

    private static String joined(String outer, String inner) {
        return outer.equals("$") ? inner : outer + "." + inner;
    }

    private static String path(List<JsonMappingException.Reference> references) {
        StringBuilder path = new StringBuilder();
        for (JsonMappingException.Reference reference : references) {
            @Nullable String field = reference.getFieldName();
            if (field == null) {
                path.append('[').append(reference.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".")
                        .append(UNSTORABLE.matcher(field).replaceAll("?"));
            }
        }
        return path.isEmpty() ? "$" : path.toString();
    }

    private static String location(JsonProcessingException e) {
        return e.getLocation() == null
                ? "unreadable"
                : "line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr();
    }

    private static JsonMapper mapper() {
        JsonMapper mapper = JsonMapper.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .serializationInclusion(JsonInclude.Include.NON_EMPTY)
                .addModule(new JavaTimeModule())
                .addModule(new CanonicalModule())
                .build();
        mapper.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .build());
        return mapper;
    }
}
