package io.waybill.channel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
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
        List<Answer> answers,
        Calls calls) {

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
            List<String> statuses,
            Channel.Limits limits,
            List<Answer> answers) {
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
                limits,
                answers,
                Calls.NONE);
    }

    /** {@code otherwise} is its value where the channel has none. {@code type} is text, url, jdbc-url, boolean, integer, duration, path or sql. */
    public record Setting(
            String type,
            boolean required,
            boolean secret,
            @Nullable String example,
            @Nullable String description,
            @Nullable String otherwise) {

        public Setting(
                String type, boolean required, boolean secret, @Nullable String example, @Nullable String description) {
            this(type, required, secret, example, description, null);
        }
    }

    /**
     * How its webhooks are signed and told apart. {@code signature} names a scheme of ours ({@code standard-webhooks},
     * {@code hmac-sha256-base64}, {@code hmac-sha256-hex}, {@code header-token}, {@code none}); it is checked when the channel
     * has {@code secret}. The event id is the first of {@code eventId} headers that is there, else a hash of the body.
     *
     * @param signatureHeaders the first one there counts
     * @param key how the secret's text becomes bytes: text, hex, base64 or html (text with its entities replaced)
     * @param ping a regular expression for bodies that are answered and nothing else
     */
    public record Webhook(
            String signature,
            List<String> signatureHeaders,
            String secret,
            List<String> eventId,
            List<String> topic,
            String key,
            @Nullable String ping) {

        /** Nothing signed, nothing told apart by header. */
        public static final Webhook NONE = new Webhook("none", null, "webhookSecret", List.of(), List.of());

        public Webhook {
            signatureHeaders = List.copyOf(signatureHeaders);
            eventId = List.copyOf(eventId);
            topic = List.copyOf(topic);
        }

        public Webhook(
                String signature,
                @Nullable String signatureHeader,
                String secret,
                List<String> eventId,
                List<String> topic) {
            this(
                    signature,
                    signatureHeader == null ? List.of() : List.of(signatureHeader),
                    secret,
                    eventId,
                    topic,
                    "text",
                    null);
        }
    }

    /**
     * How it is called. Texts may hold {@code {setting}} and, in headers, {@code {accessToken}}, {@code {timestamp}},
     * {@code {timestampMillis}} and {@code {signature}}.
     *
     * @param base what a request's path is appended to; empty where requests are made by the routes themselves
     * @param headers by name
     * @param basic the settings that hold user and password
     * @param says where in an answer a person finds what is wrong, as JSON pointers
     * @param repeatable operations that look first what is there, so that saying them again does no harm
     * @param inventoryBatch how many articles one write-inventory takes
     */
    public record Calls(
            String base,
            Map<String, String> headers,
            @Nullable Basic basic,
            @Nullable OAuth oauth,
            @Nullable Signing signing,
            List<String> says,
            Set<Operation> repeatable,
            int inventoryBatch) {
        static final int BATCH = 50;

        public static final Calls NONE = new Calls("", Map.of(), null, null, null, List.of(), Set.of(), BATCH);

        public Calls {
            headers = Map.copyOf(headers);
            says = List.copyOf(says);
            repeatable = Set.copyOf(repeatable);
        }
    }

    /** The settings of HTTP Basic. */
    public record Basic(String user, String password) {}

    /**
     * @param url where tokens are given; may hold {@code {setting}}
     * @param grant client-credentials or refresh-token
     * @param refreshToken the setting with the first refresh token; null for client-credentials
     * @param form more members of the form; values may hold {@code {setting}}
     * @param clientInHeader by HTTP Basic rather than in the form
     * @param early how long before its end a token is renewed
     */
    public record OAuth(
            String url,
            String grant,
            String clientId,
            @Nullable String clientSecret,
            @Nullable String refreshToken,
            Map<String, String> form,
            boolean clientInHeader,
            Duration early) {
        public OAuth {
            form = Map.copyOf(form);
        }
    }

    /**
     * @param algorithm rsa-sha256, hmac-sha256-hex or hmac-sha256-base64; the result of RSA is Base64
     * @param key the setting that holds the key: PKCS#8 (PEM or Base64) for RSA, text otherwise
     * @param text what is signed; may hold {@code {setting}}, {@code {timestamp}}, {@code {timestampMillis}}, {@code {method}},
     *     {@code {path}}, {@code {query}} and {@code {body}}
     */
    public record Signing(String algorithm, String key, String text) {}

    /**
     * How one kind of answer reads.
     *
     * @param status such as {@code 429} or {@code 5xx}
     * @param contains text the body must hold for this to count; null for any body
     * @param retryAfter the header that says when to come back
     * @param contentType text that the content type must hold; null for any
     * @param at a JSON pointer, {@code *} for any element or member; what is there must be neither missing, null, false nor
     *     empty, and fit {@code matches}
     * @param matches a regular expression for some part of what stands at {@code at}
     */
    public record Answer(
            String status,
            @Nullable String contains,
            Meaning means,
            @Nullable String retryAfter,
            @Nullable String contentType,
            @Nullable String at,
            @Nullable Pattern matches) {

        /** What an answer says about the delivery, or about the whole channel. */
        public enum Meaning {
            DELIVERED,
            ALREADY_THERE,
            /** It may have happened or not. */
            RETRY,
            /** Surely nothing happened. */
            BUSY,
            CHANNEL_DOWN,
            NOT_FOUND,
            UNKNOWN_SKU,
            FAILED
        }

        public Answer(String status, @Nullable String contains, Meaning means, @Nullable String retryAfter) {
            this(status, contains, means, retryAfter, null, null, null);
        }

        boolean fits(int httpStatus, @Nullable String type, String body, Supplier<JsonNode> json) {
            boolean same = status.endsWith("xx")
                    ? httpStatus / 100 == status.charAt(0) - '0'
                    : status.equals(String.valueOf(httpStatus));
            return same
                    && (contains == null || body.contains(contains))
                    && (contentType == null || type != null && type.contains(contentType))
                    && (at == null || Pointers.find(json.get(), at).stream().anyMatch(this::says));
        }

        private boolean says(JsonNode node) {
            boolean there = node.isValueNode()
                    ? !node.isNull() && !node.asText().isEmpty() && !(node.isBoolean() && !node.booleanValue())
                    : !node.isEmpty();
            return there
                    && (matches == null
                            || matches.matcher(node.isValueNode() ? node.asText() : node.toString())
                                    .find());
        }
    }

    /** The settings a channel must have before this operation counts as a capability. */
    public List<String> needs(Operation operation) {
        return needs.getOrDefault(operation, List.of());
    }

    /** How this answer reads: the first that fits counts, so that exceptions stand above the rule. */
    public Optional<Answer> answer(int httpStatus, String body) {
        return answer(httpStatus, null, body, MissingNode::getInstance);
    }

    /** @param json the body as a tree; asked for only when an answer's place in it counts */
    public Optional<Answer> answer(int httpStatus, @Nullable String type, String body, Supplier<JsonNode> json) {
        return answers.stream()
                .filter(answer -> answer.fits(httpStatus, type, body, json))
                .findFirst();
    }
}
