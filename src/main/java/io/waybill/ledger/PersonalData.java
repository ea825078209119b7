package io.waybill.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;

/**
 * Takes personal data out of what we keep as JSON: who bought, where it went, and every text that people wrote freely.
 * Figures, SKUs, ids and what was decided stay, and what is left still reads as an event.
 */
final class PersonalData {
    /** What stands in the place of a text that may have named somebody. */
    static final String REDACTED = "[redacted]";

    private static final List<String> OF_ORDER =
            List.of("customer", "shippingAddress", "billingAddress", "note", "attributes");
    private static final List<String> OF_FACT = List.of("reason", "resources");
    /** Of a trace: what a condition saw, and how a rule failed on it. */
    private static final Set<String> OF_TRACE = Set.of("actual", "error");

    private PersonalData() {}

    /** An event's canonical JSON. Of what is none, nothing stays. */
    static String outOfEvent(String payload) {
        if (!(Json.shown(payload) instanceof ObjectNode event)) {
            return "{}";
        }
        if (event.get("order") instanceof ObjectNode order) {
            order.remove(OF_ORDER);
            order.path("lines").forEach(line -> ((ObjectNode) line).remove("attributes"));
        } else {
            event.remove(OF_FACT);
        }
        return text(event);
    }

    /** Decisions keep their verdicts and reasons; overlays lose their texts, traces what they saw. */
    static String outOfDecisions(String decisions) {
        JsonNode all = Json.own(decisions);
        for (JsonNode decided : all) {
            if (decided.get("overlay") instanceof ObjectNode overlay) {
                overlay.remove(List.of("note", "attributes"));
            }
            outOfTrace(decided.path("trace"));
        }
        return text(all);
    }

    private static void outOfTrace(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove(OF_TRACE);
            if (setsText(object.path("attribute").asText())) {
                object.remove("value");
                object.path("lines").forEach(line -> ((ObjectNode) line).remove("value"));
            }
        }
        node.forEach(PersonalData::outOfTrace);
    }

    private static boolean setsText(String attribute) {
        return attribute.equals("note") || attribute.startsWith("attributes");
    }

    /** Half of a surrogate pair becomes a question mark: PostgreSQL could not read it as JSON. */
    private static String text(JsonNode node) {
        return new String(Json.write(node).getBytes(UTF_8), UTF_8);
    }
}
