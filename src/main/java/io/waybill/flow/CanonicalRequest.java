package io.waybill.flow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.channel.Channel;
import io.waybill.channel.Settings;
import io.waybill.order.EventJson;
import org.apache.camel.Exchange;
import org.apache.hc.client5.http.entity.mime.MultipartEntityBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.jspecify.annotations.Nullable;

/** The bean {@code canonicalRequest}: what the http connector posts, with its key and its signature. */
public final class CanonicalRequest {
    private static final String JSON = "application/json";

    private final Signatures signatures;
    private final Settings settings;

    public CanonicalRequest(Signatures signatures, Settings settings) {
        this.signatures = signatures;
        this.settings = settings;
    }

    /** Operation, key, external id and event; a label's content beside its event. */
    public void envelope(Exchange exchange) {
        ObjectNode request = EventJson.MAPPER.createObjectNode();
        request.put("operation", exchange.getVariable("operation", String.class));
        request.put("idempotencyKey", exchange.getVariable("idempotencyKey", String.class));
        String externalId = exchange.getVariable("externalId", String.class);
        if (externalId != null) {
            request.put("externalId", externalId);
        }
        request.set("event", exchange.getMessage().getBody(JsonNode.class));
        told(exchange, request);
        Object label = exchange.getVariable("label");
        if (label != null) {
            request.set("label", EventJson.MAPPER.valueToTree(label));
        }
        exchange.getMessage().setBody(request);
    }

    /** What the channel's file says about how it is to be done. */
    private static void told(Exchange exchange, ObjectNode request) {
        switch (request.path("operation").asText()) {
            case "create-order", "update-order" -> tell(exchange, request, "orders");
            case "cancel-order", "return-order", "refund-order" -> tell(exchange, request, "restock");
            default -> {}
        }
    }

    private static void tell(Exchange exchange, ObjectNode request, String name) {
        Object value = exchange.getVariable(name);
        if (value != null) {
            request.set(name, EventJson.MAPPER.valueToTree(value));
        }
    }

    /** A label that goes as a file makes the request a form: part {@code request} is the JSON, part {@code label} the PDF. */
    public void attachFile(Exchange exchange) {
        byte[] file = exchange.getVariable("labelFile", byte[].class);
        if (file == null) {
            exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, JSON);
            return;
        }
        // The boundary is the key: the same bytes every time.
        String boundary = "waybill-" + exchange.getVariable("idempotencyKey", String.class);
        HttpEntity form = MultipartEntityBuilder.create()
                .setBoundary(boundary)
                .addTextBody("request", exchange.getMessage().getBody(String.class), ContentType.APPLICATION_JSON)
                .addBinaryBody(
                        "label",
                        file,
                        ContentType.create("application/pdf"),
                        exchange.getVariable("labelFileName", String.class))
                .build();
        exchange.getMessage().setBody(bytes(form));
        exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "multipart/form-data; boundary=" + boundary);
    }

    private static byte[] bytes(HttpEntity form) {
        try {
            java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
            form.writeTo(out);
            return out.toByteArray();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException("a form in memory always writes", e);
        }
    }

    /** Idempotency-Key always; the Standard Webhooks headers when the channel has a webhookSecret. */
    public void sign(Exchange exchange) {
        String key = exchange.getVariable("idempotencyKey", String.class);
        exchange.getMessage().setHeader("Idempotency-Key", key);
        @Nullable String secret = secret(exchange);
        if (secret != null) {
            long now = signatures.now();
            byte[] body = exchange.getMessage().getBody(byte[].class);
            exchange.getMessage().setHeader("webhook-id", key);
            exchange.getMessage().setHeader("webhook-timestamp", String.valueOf(now));
            exchange.getMessage().setHeader("webhook-signature", signatures.sign(secret, key, now, body));
        }
    }

    private @Nullable String secret(Exchange exchange) {
        Channel channel = Routes.bundleOf(exchange)
                .channel(exchange.getVariable("channel", "", String.class))
                .orElse(null);
        return channel == null ? null : settings.find(channel, "webhookSecret").orElse(null);
    }
}
