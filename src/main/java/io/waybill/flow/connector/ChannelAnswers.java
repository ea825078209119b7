package io.waybill.flow.connector;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.waybill.channel.Channel;
import io.waybill.channel.Connector.Answer;
import io.waybill.channel.Connector.Answer.Meaning;
import io.waybill.channel.Pointers;
import io.waybill.flow.Answers;
import io.waybill.flow.DeliveryFault;
import io.waybill.flow.DeliveryFault.Kind;
import io.waybill.flow.Routes;
import io.waybill.flow.Wire;
import io.waybill.order.EventJson;
import io.waybill.order.InvalidEvent;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * The bean {@code answer}: reads what a channel answered by the {@code answers} of its connector.yaml, the first that fits;
 * where none does, 2xx is fine, 401 and 403 stop the channel, 425 and 429 mean later, 408 and 5xx leave open whether it
 * happened, anything else is a no about this order. A question that fails has changed nothing: it is asked again.
 */
public final class ChannelAnswers {
    private static final int MOST_WORDS = 200;
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    private final Answers common;
    private final Wire wire;

    ChannelAnswers(Answers common, Wire wire) {
        this.common = common;
        this.wire = wire;
    }

    /** Leaves the JSON of a good answer in the body; what is not there is a no. */
    public void taken(Exchange exchange) {
        if (exchange.getVariable(Requests.CALL) != null) {
            Read read = new Read(exchange);
            read.orThrow(read.meaning());
            exchange.getMessage().setBody(read.json());
        }
    }

    /** As {@link #taken}; what is not there leaves null in the body. */
    public void looked(Exchange exchange) {
        if (exchange.getVariable(Requests.CALL) != null) {
            Read read = new Read(exchange);
            Meaning meaning = read.meaning();
            if (meaning != Meaning.NOT_FOUND) {
                read.orThrow(meaning);
            }
            exchange.getMessage().setBody(meaning == Meaning.NOT_FOUND ? NullNode.instance : read.json());
        }
    }

    /** As {@link #taken} for what is no JSON: leaves the bytes. */
    public void bytes(Exchange exchange) {
        if (exchange.getVariable(Requests.CALL) != null) {
            Read read = new Read(exchange);
            read.orThrow(read.meaning());
            exchange.getMessage().setBody(read.body);
        }
    }

    /** One answer. Its headers become the variable {@code answerHeaders}, by their names in small letters. */
    private final class Read {
        private final Exchange exchange;
        private final Channel channel;
        private final int status;
        private final byte[] body;
        private final String text;
        private @Nullable JsonNode json;

        private Read(Exchange exchange) {
            this.exchange = exchange;
            this.channel = Routes.bundleOf(exchange)
                    .channel(exchange.getVariable("channel", "", String.class))
                    .orElseThrow();
            Integer code = exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
            if (code == null) {
                throw new IllegalStateException("no call was made before its answer is read");
            }
            this.status = code;
            byte[] bytes = exchange.getMessage().getBody(byte[].class);
            this.body = bytes == null ? new byte[0] : bytes;
            this.text = new String(body, UTF_8);
            exchange.setVariable("answerHeaders", headers());
            exchange.setVariable("answerStatus", status);
        }

        private Map<String, String> headers() {
            Map<String, String> headers = new TreeMap<>();
            exchange.getMessage().getHeaders().forEach((name, value) -> {
                if (!name.startsWith("Camel") && value != null) {
                    headers.put(name.toLowerCase(Locale.ROOT), String.valueOf(value));
                }
            });
            return headers;
        }

        private @Nullable String header(String name) {
            return exchange.getMessage().getHeader(name, String.class);
        }

        private Optional<Answer> rule() {
            return channel.connector().answer(status, header(Exchange.CONTENT_TYPE), text, this::jsonOrMissing);
        }

        private Meaning meaning() {
            return rule().map(Answer::means).orElseGet(() -> common(status));
        }

        private static Meaning common(int status) {
            return switch (status) {
                case 401, 403 -> Meaning.CHANNEL_DOWN;
                case 404 -> Meaning.NOT_FOUND;
                case 425, 429 -> Meaning.BUSY;
                case 408 -> Meaning.RETRY;
                default -> status / 100 == 2 ? Meaning.DELIVERED : status >= 500 ? Meaning.RETRY : Meaning.FAILED;
            };
        }

        private JsonNode jsonOrMissing() {
            if (json == null) {
                try {
                    json = body.length == 0 ? MissingNode.getInstance() : EventJson.tree(body);
                } catch (InvalidEvent e) {
                    json = MissingNode.getInstance();
                }
            }
            return json;
        }

        /** A page of a proxy or a broken plug-in instead of the answer: it may have happened or not. */
        private JsonNode json() {
            JsonNode tree = jsonOrMissing();
            if (tree.isMissingNode() && !text.isBlank()) {
                throw fault(Meaning.RETRY, "It is no JSON.");
            }
            return tree.isMissingNode() ? NullNode.instance : tree;
        }

        private void orThrow(Meaning meaning) {
            if (meaning == Meaning.ALREADY_THERE) {
                exchange.setVariable("alreadyThere", true);
            } else if (meaning != Meaning.DELIVERED) {
                throw fault(meaning, words());
            }
        }

        private DeliveryFault fault(Meaning meaning, String words) {
            return new DeliveryFault(
                    kind(meaning), "The destination answered " + status + ". " + advice(meaning, words), wait(meaning));
        }

        private Kind kind(Meaning meaning) {
            boolean asked = exchange.getVariable(Wire.READS, false, Boolean.class);
            boolean mayHaveHappened = Wire.wroteBefore(exchange);
            return switch (meaning) {
                case RETRY -> asked && !mayHaveHappened ? Kind.BUSY : Kind.NO_ANSWER;
                case BUSY -> mayHaveHappened ? Kind.NO_ANSWER : Kind.BUSY;
                case CHANNEL_DOWN -> mayHaveHappened ? Kind.NO_ANSWER : Kind.CHANNEL_DOWN;
                case UNKNOWN_SKU -> Kind.UNKNOWN_SKU;
                case NOT_FOUND, FAILED, DELIVERED, ALREADY_THERE -> Kind.REFUSED;
            };
        }

        private String advice(Meaning meaning, String words) {
            return switch (meaning) {
                case CHANNEL_DOWN -> "Check the credentials in the channel's settings.";
                case BUSY -> "It is asked again later.";
                case RETRY -> words.isEmpty() ? "It may have taken this or not." : words;
                case UNKNOWN_SKU ->
                    "It does not know an article of this order. Add its name there to routes/skus.yaml, or the article there;"
                            + " this goes out by itself then.";
                case NOT_FOUND -> "What this is about is not there. " + words;
                case FAILED, DELIVERED, ALREADY_THERE ->
                    (words.isEmpty() ? "See the response" : words + " See the response")
                            + ", mend the cause, then retry.";
            };
        }

        /** What the answer itself says is wrong, where connector.yaml says that it says so. */
        private String words() {
            String words = channel.connector().calls().says().stream()
                    .flatMap(at -> Pointers.find(jsonOrMissing(), at).stream())
                    .filter(node -> node.isValueNode()
                            && !node.isNull()
                            && !node.asText().isBlank())
                    .map(node -> node.asText().strip().replaceAll("\\s+", " "))
                    .distinct()
                    .limit(3)
                    .collect(Collectors.joining("; "));
            String shown = words.length() > MOST_WORDS ? words.substring(0, MOST_WORDS) + "…" : words;
            return shown.isEmpty() ? "" : "It says: " + wire.withoutSecrets(exchange, shown) + ".";
        }

        private @Nullable Duration wait(Meaning meaning) {
            if (meaning != Meaning.BUSY && meaning != Meaning.RETRY) {
                return null;
            }
            String named = rule().map(Answer::retryAfter).orElse(null);
            String name = named == null ? "Retry-After" : named;
            String value = header(name);
            Duration asked = name.toLowerCase(Locale.ROOT).endsWith("-ms") ? millis(value) : common.retryAfter(value);
            return asked == null ? costWait() : asked;
        }

        private static @Nullable Duration millis(@Nullable String value) {
            return value == null || !value.matches("\\d{1,12}")
                    ? null
                    : Duration.ofMillis(Math.min(Long.parseLong(value), LONGEST_WAIT.toMillis()));
        }

        /** A GraphQL cost throttle says how much is missing and how fast it fills up. */
        private @Nullable Duration costWait() {
            JsonNode cost = jsonOrMissing().at("/extensions/cost");
            BigDecimal wanted = cost.path("requestedQueryCost").decimalValue();
            BigDecimal there = cost.at("/throttleStatus/currentlyAvailable").decimalValue();
            BigDecimal rate = cost.at("/throttleStatus/restoreRate").decimalValue();
            if (rate.signum() <= 0 || wanted.compareTo(there) <= 0) {
                return null;
            }
            long millis = wanted.subtract(there)
                    .multiply(BigDecimal.valueOf(1000))
                    .divide(rate, 0, RoundingMode.UP)
                    .longValue();
            return Duration.ofMillis(Math.min(millis, LONGEST_WAIT.toMillis()));
        }
    }
}
