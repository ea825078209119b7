package io.waybill.flow;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collection;
import java.util.StringJoiner;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** The bean {@code pollQuery}: the query of a poll by HTTP. Only {@code updatedSince} is always there. */
public final class PollQuery {
    public void write(Exchange exchange) {
        StringJoiner query = new StringJoiner("&");
        query.add("updatedSince=" + exchange.getVariable("updatedSince", String.class));
        add(query, "statuses", exchange.getVariable("statuses"));
        String cursor = exchange.getVariable("cursor", String.class);
        // A cursor that is an instant is what updatedSince says already.
        add(query, "cursor", isInstant(cursor) ? null : cursor);
        add(query, "page", exchange.getVariable("page"));
        exchange.getMessage().setHeader(Exchange.HTTP_QUERY, query.toString());
    }

    private static void add(StringJoiner query, String name, @Nullable Object value) {
        if (value != null) {
            String text = value instanceof Collection<?> many
                    ? String.join(",", many.stream().map(String::valueOf).toList())
                    : value.toString();
            query.add(name + "=" + URLEncoder.encode(text, UTF_8));
        }
    }

    private static boolean isInstant(@Nullable String text) {
        try {
            return text != null && Instant.parse(text) != null;
        } catch (DateTimeException e) {
            return false;
        }
    }
}
