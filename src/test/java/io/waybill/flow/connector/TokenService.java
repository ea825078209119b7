package io.waybill.flow.connector;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.waybill.channel.Bundle;
import io.waybill.flow.Routes;
import java.net.URLDecoder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.camel.Exchange;

/** Stands where {@code direct:fetch-token} leads: keeps the forms that it gets. */
final class TokenService implements Routes {
    record Given(int status, String body) {}

    final List<Map<String, String>> forms = new CopyOnWriteArrayList<>();
    final List<Exchange> asked = new CopyOnWriteArrayList<>();
    private final OneChannel shop;
    /** By how many were asked before; null is no answer at all. */
    private Function<Integer, Given> answers;

    TokenService(OneChannel shop) {
        this.shop = shop;
        this.answers = before -> token("access-" + (before + 1), 3600);
    }

    void answers(Function<Integer, Given> answers) {
        this.answers = answers;
    }

    static Given token(String access, long seconds) {
        return new Given(200, "{\"access_token\": \"" + access + "\", \"expires_in\": " + seconds + "}");
    }

    static Given rotated(String access, String refresh, long seconds) {
        return new Given(
                200,
                "{\"access_token\": \"" + access + "\", \"refresh_token\": \"" + refresh + "\", \"expires_in\": "
                        + seconds + "}");
    }

    @Override
    public Bundle bundle() {
        return shop.bundle();
    }

    @Override
    public Exchange request(String endpoint, Consumer<Exchange> prepare) {
        Exchange exchange = shop.exchange();
        prepare.accept(exchange);
        Given given = answers.apply(forms.size());
        asked.add(exchange);
        forms.add(form(exchange.getMessage().getBody(byte[].class)));
        Exchange answer = shop.exchange();
        if (given == null) {
            answer.setException(new java.net.SocketTimeoutException("Read timed out"));
        } else {
            answer.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, given.status());
            answer.getMessage().setBody(given.body().getBytes(UTF_8));
        }
        return answer;
    }

    private static Map<String, String> form(byte[] body) {
        Map<String, String> form = new LinkedHashMap<>();
        for (String pair : new String(body, UTF_8).split("&")) {
            int equals = pair.indexOf('=');
            form.put(
                    URLDecoder.decode(pair.substring(0, equals), UTF_8),
                    URLDecoder.decode(pair.substring(equals + 1), UTF_8));
        }
        return form;
    }
}
