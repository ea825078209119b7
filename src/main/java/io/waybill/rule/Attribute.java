package io.waybill.rule;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.order.Status;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a rule may set, and how its values are written. {@code name} is that of {@code attributes.<name>}, else empty. */
record Attribute(Kind kind, String name) {
    private static final String NAMED = "attributes.";

    enum Kind {
        TAGS("tags", true, "write a tag, or a list of tags"),
        PUBLISH("publish", true, "write true or false"),
        STATUS(
                "status",
                false,
                "write one of " + Stream.of(Status.values()).map(Status::word).collect(Collectors.joining(", "))),
        WAREHOUSE("warehouse", false, "write a name"),
        SHIPPING_METHOD("shippingMethod", false, "write a name"),
        NOTE("note", false, "write a text"),
        PREFIX("prefix", false, "write a text"),
        PRIORITY("priority", false, "write a whole number; a higher one goes first"),
        NAMED_ATTRIBUTE(NAMED + "<name>", true, "write a text; put numbers and yes/no in quotes");

        private final String word;
        private final boolean perLine;
        private final String fix;

        Kind(String word, boolean perLine, String fix) {
            this.word = word;
            this.perLine = perLine;
            this.fix = fix;
        }

        /** May a rule decide it line by line? */
        boolean perLine() {
            return perLine;
        }

        /** How its values are written. */
        String fix() {
            return fix;
        }
    }

    static Optional<Attribute> of(String word) {
        if (word.startsWith(NAMED) && word.length() > NAMED.length()) {
            return Optional.of(new Attribute(Kind.NAMED_ATTRIBUTE, word.substring(NAMED.length())));
        }
        return Arrays.stream(Kind.values())
                .filter(kind -> kind != Kind.NAMED_ATTRIBUTE && kind.word.equals(word))
                .findFirst()
                .map(kind -> new Attribute(kind, ""));
    }

    static List<String> words() {
        return Arrays.stream(Kind.values()).map(kind -> kind.word).toList();
    }

    String word() {
        return kind == Kind.NAMED_ATTRIBUTE ? NAMED + name : kind.word;
    }

    /** The value, when it fits. */
    Optional<Setting> setting(JsonNode value) {
        return switch (kind) {
            case TAGS -> tags(value).map(Setting.Tags::new);
            case PUBLISH ->
                value.isBoolean() ? Optional.of(new Setting.Publish(value.booleanValue())) : Optional.empty();
            case STATUS -> text(value).flatMap(Attribute::status).map(Setting.StatusIs::new);
            case WAREHOUSE -> text(value).map(Setting.Warehouse::new);
            case SHIPPING_METHOD -> text(value).map(Setting.ShippingMethod::new);
            case NOTE -> text(value).map(Setting.Note::new);
            case PREFIX -> text(value).map(Setting.Prefix::new);
            case PRIORITY ->
                value.isIntegralNumber() && value.canConvertToInt()
                        ? Optional.of(new Setting.Priority(value.intValue()))
                        : Optional.empty();
            case NAMED_ATTRIBUTE -> text(value).map(text -> new Setting.Named(name, text));
        };
    }

    private static Optional<String> text(JsonNode value) {
        return value.isTextual() && !value.textValue().isBlank() ? Optional.of(value.textValue()) : Optional.empty();
    }

    private static Optional<Status> status(String word) {
        return Stream.of(Status.values())
                .filter(status -> status.word().equals(word))
                .findFirst();
    }

    private static Optional<List<String>> tags(JsonNode value) {
        if (!value.isArray()) {
            return text(value).map(List::of);
        }
        List<String> tags = new ArrayList<>();
        value.forEach(element -> text(element).ifPresent(tags::add));
        return tags.isEmpty() || tags.size() < value.size() ? Optional.empty() : Optional.of(List.copyOf(tags));
    }
}
