package io.waybill.flow.connector;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.flow.DeliveryFault;
import io.waybill.flow.DeliveryFault.Kind;
import io.waybill.flow.Mapping;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.camel.Exchange;

/**
 * The bean {@code outcome}: a mapping says what an answer means. Of what it makes, {@code id}, {@code ids}, {@code url} and
 * {@code status} are the order there, {@code fault} refuses ({@code kind}: refused, unknown-sku, busy, no-answer or
 * channel-down; {@code message}; {@code retryAfter} in seconds), and every other member becomes an exchange variable. Null
 * means nothing. The answer itself stays the body.
 */
public final class Outcomes {
    private final Mapping mapping;
    private final CanonicalInput canonical;

    Outcomes(Mapping mapping, CanonicalInput canonical) {
        this.mapping = mapping;
        this.canonical = canonical;
    }

    /** Its input is the canonical request with the answer under {@code answer}, as that of a request's mapping. */
    public void of(Exchange exchange, String path) {
        JsonNode made = mapping.mapped(exchange, path, canonical.of(exchange));
        if (made.hasNonNull("fault")) {
            throw fault(made.path("fault"));
        }
        made.properties().forEach(member -> keep(exchange, member.getKey(), member.getValue()));
    }

    private static void keep(Exchange exchange, String name, JsonNode value) {
        switch (name) {
            case "id" -> exchange.setVariable("externalId", text(value));
            case "url" -> exchange.setVariable("externalUrl", text(value));
            case "status" -> exchange.setVariable("status", text(value));
            case "ids" -> ids(exchange, value);
            default -> exchange.setVariable(name, value.isValueNode() ? text(value) : value);
        }
    }

    private static String text(JsonNode value) {
        return value.isNumber() ? value.decimalValue().toPlainString() : value.asText();
    }

    private static void ids(Exchange exchange, JsonNode value) {
        List<String> ids = new ArrayList<>();
        value.forEach(id -> ids.add(text(id)));
        if (!ids.isEmpty()) {
            exchange.setVariable("externalId", ids.get(0));
            exchange.setVariable("externalIds", ids);
        }
    }

    static DeliveryFault fault(JsonNode fault) {
        Kind kind = Kind.valueOf(
                fault.path("kind").asText("refused").toUpperCase(Locale.ROOT).replace('-', '_'));
        return new DeliveryFault(
                kind,
                fault.path("message").asText("The destination does not take this."),
                fault.hasNonNull("retryAfter")
                        ? Duration.ofSeconds(fault.path("retryAfter").asLong())
                        : null);
    }
}
