package io.waybill.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.waybill.order.EventJson;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Stored text as it is shown: JSON as JSON, anything else as text. */
final class Json {
    private Json() {}

    static @Nullable JsonNode shown(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            JsonNode node = EventJson.MAPPER.readTree(text);
            return node == null || node.isMissingNode() ? new TextNode(text) : node;
        } catch (JsonProcessingException e) {
            return new TextNode(text);
        }
    }

    /** JSON that we wrote ourselves. */
    static JsonNode own(String text) {
        try {
            return EventJson.MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the ledger holds JSON that cannot be read", e);
        }
    }

    static String write(Object value) {
        try {
            return EventJson.MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("plain values always write as JSON", e);
        }
    }

    /** Bytes as text where they are UTF-8, else as {@code base64:…}. */
    static String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return "base64:" + Base64.getEncoder().encodeToString(bytes);
        }
    }
}
