package io.waybill.flow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.waybill.order.EventJson;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.Exchange;

/**
 * Why a destination refused, in its own words: the text of {@code message}, {@code detail} or {@code error} of its JSON answer,
 * and of nothing else, since the rest may repeat the customer's data. Read from what is kept of the answer: secrets are gone.
 */
final class OwnWords {
    private static final int MOST = 200;
    /** Addresses and long numbers are more likely somebody's than the reason. */
    private static final Pattern PERSONAL = Pattern.compile("\\S+@\\S+|\\+?\\d[\\d ()/-]{6,}\\d");

    private OwnWords() {}

    /** A sentence with a space before it, or nothing. */
    static String of(Exchange exchange) {
        String answer = exchange.getVariable(Wire.RESPONSE, "", String.class);
        int body = answer.indexOf("\n\n");
        String words = body < 0 ? "" : words(json(answer.substring(body + 2)));
        return words.isEmpty() ? "" : " It says: " + (words.endsWith(".") ? words : words + ".");
    }

    private static String words(JsonNode answer) {
        return Stream.of("message", "detail", "error")
                .map(answer::path)
                .map(node -> node.isObject() ? node.path("message") : node)
                .filter(JsonNode::isTextual)
                .map(node -> shown(node.asText()))
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static String shown(String text) {
        String plain = PERSONAL.matcher(text)
                .replaceAll("…")
                .replaceAll("\\p{Cntrl}+", " ")
                .strip();
        return plain.length() <= MOST ? plain : plain.substring(0, MOST - 1).strip() + "…";
    }

    private static JsonNode json(String body) {
        try {
            return EventJson.MAPPER.readTree(body);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }
}
