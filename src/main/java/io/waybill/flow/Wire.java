package io.waybill.flow;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.waybill.channel.Channel;
import io.waybill.channel.Settings;
import io.waybill.order.WaybillException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.component.http.HttpMethods;
import org.jspecify.annotations.Nullable;

/**
 * The bean {@code wire}: writes down what is sent and what is answered, as text a person can read, secrets redacted by
 * header name and by value. The exchange carries both until the outcome is settled.
 */
public final class Wire {
    static final String REQUEST = "wireRequest";
    static final String RESPONSE = "wireResponse";
    /** The exchange variable that says of a POST that it only asks. */
    public static final String READS = "reads";
    /** How many requests of the exchange, the last one counted, may have changed something there. */
    public static final String WRITES = "writes";

    private static final int MAX_BODY = 64 * 1024;
    private static final int MIN_SECRET = 4;
    private static final String HIDDEN = "***";

    private final Settings settings;

    public Wire(Settings settings) {
        this.settings = settings;
    }

    public void request(Exchange exchange) {
        String method = exchange.getMessage().getHeader(Exchange.HTTP_METHOD, "POST", String.class);
        String url = exchange.getMessage().getHeader(Exchange.HTTP_URI, "", String.class);
        String query = exchange.getMessage().getHeader(Exchange.HTTP_QUERY, String.class);
        String line = method + " " + withoutUser(url) + (query == null ? "" : "?" + query);
        exchange.setVariable(REQUEST, redacted(exchange, text(exchange, line)));
        if (!isRead(exchange, method)) {
            exchange.setVariable("sent", true);
        }
        typeMethod(exchange, method);
    }

    /** What only asks changes nothing there, whatever becomes of it. */
    static boolean isRead(Exchange exchange, String method) {
        return method.equals("GET") || method.equals("HEAD") || exchange.getVariable(READS, false, Boolean.class);
    }

    /** Whatever became of the last request: one before it may have changed something there. */
    public static boolean wroteBefore(Exchange exchange) {
        boolean asked = exchange.getVariable(READS, false, Boolean.class);
        return exchange.getVariable(WRITES, 0, Integer.class) > (asked ? 0 : 1);
    }

    /** Camel turns text into this enum by a search through all its type converters: a seventh of a send's CPU. */
    private static void typeMethod(Exchange exchange, String method) {
        Stream.of(HttpMethods.values())
                .filter(known -> known.name().equals(method))
                .findFirst()
                .ifPresent(known -> exchange.getMessage().setHeader(Exchange.HTTP_METHOD, known));
    }

    public void response(Exchange exchange) {
        byte[] body = exchange.getMessage().getBody(byte[].class);
        exchange.getMessage().setBody(body);
        String line = "HTTP " + exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE);
        exchange.setVariable(RESPONSE, redacted(exchange, text(exchange, line)));
    }

    private static String withoutUser(String url) {
        return url.replaceFirst("//[^/@]*@", "//" + HIDDEN + "@");
    }

    private static String text(Exchange exchange, String firstLine) {
        StringBuilder text = new StringBuilder(firstLine).append('\n');
        Map<String, Object> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(exchange.getMessage().getHeaders());
        headers.forEach((name, value) -> {
            if (!name.startsWith("Camel") && value != null) {
                text.append(name)
                        .append(": ")
                        .append(isSecret(name) ? HIDDEN : value)
                        .append('\n');
            }
        });
        return text.append('\n').append(body(exchange)).toString();
    }

    private static String body(Exchange exchange) {
        byte[] body = exchange.getMessage().getBody(byte[].class);
        if (body == null) {
            return "";
        }
        return body.length <= MAX_BODY
                ? new String(body, UTF_8).replace('\0', '\uFFFD')
                : new String(body, 0, MAX_BODY, UTF_8).replace('\0', '\uFFFD') + "… (" + body.length + " bytes)";
    }

    private static boolean isSecret(String header) {
        String name = header.toLowerCase(Locale.ROOT);
        return name.contains("authorization")
                || name.contains("token")
                || name.contains("secret")
                || name.contains("cookie")
                || name.contains("signature")
                || name.contains("api-key")
                || name.endsWith("-key") && !name.equals("idempotency-key");
    }

    /** Text with the channel's secrets hidden in it. */
    public String withoutSecrets(Exchange exchange, String text) {
        return redacted(exchange, text);
    }

    private String redacted(Exchange exchange, String text) {
        String result = text;
        String token = exchange.getVariable("accessToken", "", String.class);
        if (token.length() >= MIN_SECRET) {
            result = result.replace(token, HIDDEN);
        }
        for (String secret : secrets(exchange)) {
            // In a body of JSON it stands as JSON writes it.
            result = result.replace(secret, HIDDEN).replace(quoted(secret), HIDDEN);
        }
        return result;
    }

    private static String quoted(String secret) {
        return new String(JsonStringEncoder.getInstance().quoteAsString(secret));
    }

    private List<String> secrets(Exchange exchange) {
        @Nullable
        Channel channel = Routes.bundleOf(exchange)
                .channel(exchange.getVariable("channel", "", String.class))
                .orElse(null);
        if (channel == null) {
            return List.of();
        }
        return channel.connector().settings().entrySet().stream()
                .filter(setting -> setting.getValue().secret())
                .flatMap(setting -> value(channel, setting.getKey()).stream())
                .filter(secret -> secret.length() >= MIN_SECRET)
                .toList();
    }

    private List<String> value(Channel channel, String setting) {
        try {
            return settings.find(channel, setting).stream().toList();
        } catch (WaybillException e) {
            // A secret that cannot be resolved cannot be on the wire either.
            return List.of();
        }
    }
}
