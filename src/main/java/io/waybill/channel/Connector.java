package io.waybill.channel;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        List<String> statuses,
        Channel.Limits limits,
        List<Answer> answers) {

    public Connector {
        settings = Map.copyOf(settings);
        needs = Map.copyOf(needs);
        operations = Set.copyOf(operations);
        statuses = List.copyOf(statuses);
        answers = List.copyOf(answers);
    }

    public Connector(
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
        this(
                name,
                title,
                settings,
                needs,
                operations,
                idempotent,
                findSettle,
                stampsReference,
                webhook,
                statuses,
                Channel.Limits.DEFAULT,
                List.of());
    }

    /** {@code type} is text, url, jdbc-url, boolean, integer, duration, path or sql. */
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
            List<String> topic) {

        /** Nothing signed, nothing told apart by header. */
        public static final Webhook NONE = new Webhook("none", null, "webhookSecret", List.of(), List.of());

        public Webhook {
            eventId = List.copyOf(eventId);
            topic = List.copyOf(topic);
        }
    }

    /**
     * How one kind of answer reads.
     *
     * @param status such as {@code 429} or {@code 5xx}
     * @param contains text the body must hold for this to count; null for any body
     * @param retryAfter the header that says when to come back
     */
    public record Answer(String status, @Nullable String contains, Meaning means, @Nullable String retryAfter) {

        /** What an answer says about the delivery, or about the whole channel. */
        public enum Meaning {
            DELIVERED,
            ALREADY_THERE,
            RETRY,
            CHANNEL_DOWN,
            NOT_FOUND,
            UNKNOWN_SKU,
            FAILED
        }

        boolean fits(int httpStatus, String body) {
            boolean same = status.endsWith("xx")
                    ? httpStatus / 100 == status.charAt(0) - '0'
                    : status.equals(String.valueOf(httpStatus));
            return same && (contains == null || body.contains(contains));
        }
    }

    /** The settings a channel must have before this operation counts as a capability. */
    public List<String> needs(Operation operation) {
        return needs.getOrDefault(operation, List.of());
    }

    /** How this answer reads: the first that fits counts, so that exceptions stand above the rule. */
    public Optional<Answer> answer(int httpStatus, String body) {
        return answers.stream().filter(answer -> answer.fits(httpStatus, body)).findFirst();
    }
}
