package io.waybill.flow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.waybill.channel.Connector;
import io.waybill.flow.DeliveryFault.Kind;
import io.waybill.order.EventJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** The bean {@code answers}: reads an HTTP answer by the common rules, which most systems keep. */
public final class Answers {
    private static final int MAX_SHOWN = 300;

    private final Clock clock;

    public Answers(Clock clock) {
        this.clock = clock;
    }

    /** 2xx and 409 are done; {@code id} and {@code url} of a JSON answer become the link. Anything else is a fault. */
    public void delivered(Exchange exchange) {
        int status = status(exchange);
        byte[] body = body(exchange);
        if (status / 100 == 2 || status == 409) {
            link(exchange, json(body));
            return;
        }
        throw fault(exchange, status, body);
    }

    /** 200 with {@code id} (or {@code ids}, {@code status}) is found, 404 is not found. Anything else is a fault. */
    public void found(Exchange exchange) {
        int status = status(exchange);
        byte[] body = body(exchange);
        if (status == 404) {
            return;
        }
        if (status / 100 != 2) {
            throw fault(exchange, status, body);
        }
        JsonNode json = json(body);
        link(exchange, json);
        text(json.path("status")).ifPresent(word -> exchange.setVariable("status", word));
        List<String> ids = new ArrayList<>();
        json.path("ids").forEach(id -> ids.add(id.asText()));
        if (!ids.isEmpty()) {
            exchange.setVariable("externalId", ids.get(0));
            exchange.setVariable("externalIds", ids);
        }
    }

    /** 2xx leaves what the answer says in JSON, if it does. Anything else is a fault. */
    public void checked(Exchange exchange) {
        int status = status(exchange);
        byte[] body = body(exchange);
        if (status / 100 != 2) {
            throw fault(exchange, status, body);
        }
        exchange.getMessage().setBody(json(body));
    }

    /** 2xx leaves the JSON answer as the body. Anything else is a fault. */
    public void fetched(Exchange exchange) {
        int status = status(exchange);
        byte[] body = body(exchange);
        if (status / 100 != 2) {
            throw fault(exchange, status, body);
        }
        exchange.getMessage().setBody(EventJson.tree(body));
    }

    private DeliveryFault fault(Exchange exchange, int status, byte[] body) {
        Duration after = retryAfter(exchange.getMessage().getHeader("Retry-After", String.class));
        String said = "The destination answered " + status + ".";
        return switch (status) {
            case 401, 403 ->
                new DeliveryFault(Kind.CHANNEL_DOWN, said + " Check the credentials in the channel's settings.", after);
            case 425, 429 -> new DeliveryFault(Kind.BUSY, said + " It is asked again later.", after);
            default ->
                isUnknownSku(exchange, status, body)
                        ? new DeliveryFault(
                                Kind.UNKNOWN_SKU,
                                said
                                        + " It does not know an article of this order. Add its name there to routes/skus.yaml, or"
                                        + " the article there; this goes out by itself then.",
                                null)
                        : ordinary(exchange, status, said, after);
        };
    }

    private static DeliveryFault ordinary(Exchange exchange, int status, String said, @Nullable Duration after) {
        return status == 408 || status >= 500
                ? new DeliveryFault(Kind.NO_ANSWER, said + " It may have taken the order or not.", after)
                : new DeliveryFault(
                        Kind.REFUSED,
                        said + OwnWords.of(exchange) + " See the response, mend the cause, then retry.",
                        null);
    }

    /** As the connector says that its system says it. */
    private static boolean isUnknownSku(Exchange exchange, int status, byte[] body) {
        return Routes.bundleOf(exchange)
                .channel(exchange.getVariable("channel", "", String.class))
                .flatMap(channel -> channel.connector().answer(status, new String(body, StandardCharsets.UTF_8)))
                .filter(answer -> answer.means() == Connector.Answer.Meaning.UNKNOWN_SKU)
                .isPresent();
    }

    private static int status(Exchange exchange) {
        Integer status = exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
        if (status == null) {
            throw new IllegalStateException("no HTTP call was made before its answer is read");
        }
        return status;
    }

    private static byte[] body(Exchange exchange) {
        byte[] body = exchange.getMessage().getBody(byte[].class);
        return body == null ? new byte[0] : body;
    }

    private static JsonNode json(byte[] body) {
        try {
            return body.length == 0 ? MissingNode.getInstance() : EventJson.MAPPER.readTree(body);
        } catch (IOException e) {
            // Delivered is delivered, whatever the answer's text looks like.
            return MissingNode.getInstance();
        }
    }

    private static void link(Exchange exchange, JsonNode json) {
        text(json.path("id")).ifPresent(id -> exchange.setVariable("externalId", id));
        text(json.path("url")).ifPresent(url -> exchange.setVariable("externalUrl", url));
    }

    private static java.util.Optional<String> text(JsonNode node) {
        boolean usable = node.isTextual() || node.isIntegralNumber();
        return usable && node.asText().length() <= MAX_SHOWN && !node.asText().isBlank()
                ? java.util.Optional.of(node.asText())
                : java.util.Optional.empty();
    }

    /** Seconds or an HTTP date, at most a day. */
    public @Nullable Duration retryAfter(@Nullable String header) {
        if (header == null) {
            return null;
        }
        try {
            long seconds = header.matches("\\d{1,9}")
                    ? Long.parseLong(header)
                    : Duration.between(
                                    clock.instant(),
                                    ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME)
                                            .toInstant())
                            .toSeconds();
            return Duration.ofSeconds(
                    Math.max(0, Math.min(seconds, Duration.ofDays(1).toSeconds())));
        } catch (DateTimeException e) {
            return null;
        }
    }
}
