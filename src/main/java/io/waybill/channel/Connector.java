package io.waybill.channel;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How to talk to one kind of system: {@code routes/connectors/<name>/}. Operations are those whose files are there. */
public record Connector(
        String name,
        String title,
        Map<String, Setting> settings,
        Map<Operation, List<String>> needs,
        Set<Operation> operations,
        boolean idempotent,
        Duration findSettle,
        boolean stampsReference,
        Webhook webhook,
        List<String> statuses) {

    public Connector {
        settings = Map.copyOf(settings);
        needs = Map.copyOf(needs);
        operations = Set.copyOf(operations);
        statuses = List.copyOf(statuses);
    }

    public record Setting(
            String type, boolean required, boolean secret, @Nullable String example, @Nullable String description) {}

    /**
     * How its webhooks are signed and told apart. {@code signature} names a scheme of ours ({@code standard-webhooks},
     * {@code hmac-sha256-base64}, {@code hmac-sha256-hex}, {@code none}); it is checked when the channel has {@code secret}.
     * The event id is the first of {@code eventId} headers that is there, else a hash of the body.
     */
    public record Webhook(
            String signature,
            @Nullable String signatureHeader,
            String secret,
            List<String> eventId,
            List<String> topic) {}

    /** The settings a channel must have before this operation counts as a capability. */
    public List<String> needs(Operation operation) {
        return needs.getOrDefault(operation, List.of());
    }
}
