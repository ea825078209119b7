package io.waybill.flow;

import com.fasterxml.jackson.databind.JsonNode;
import com.schibsted.spt.data.jslt.Expression;
import com.schibsted.spt.data.jslt.JsltException;
import com.schibsted.spt.data.jslt.Parser;
import io.waybill.channel.Bundle;
import io.waybill.order.EventJson;
import io.waybill.order.InvalidEvent;
import java.io.StringReader;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;

/**
 * The bean {@code mapping}: JSLT mappings of the bundle, compiled once. A path is relative to {@code routes/}. Mappings come
 * from the exchange's own generation, so a deployment never mixes old and new ones.
 */
public final class Mapping {
    private static final int KEPT = 500;

    private final Map<String, Expression> compiled = new ConcurrentHashMap<>();

    /** Has the channel a mapping of its own for what comes in? */
    public boolean isOwn(Exchange exchange) {
        return !Inbound.STATUSES.equals(exchange.getVariable("topic", String.class))
                && Routes.bundleOf(exchange).readEventMapping(channel(exchange)).isPresent();
    }

    /** Maps the body by the channel's own mapping. */
    public void own(Exchange exchange) {
        Bundle bundle = Routes.bundleOf(exchange);
        apply(exchange, bundle.readEventMapping(channel(exchange)).orElseThrow());
    }

    /** Maps the body, JSON of any form, by the mapping at this path. */
    public void apply(Exchange exchange, String path) {
        String text = Routes.bundleOf(exchange)
                .resource(path)
                .orElseThrow(() -> new IllegalArgumentException("There is no mapping " + path + " under routes/."));
        Object body = exchange.getMessage().getBody();
        JsonNode input = body instanceof JsonNode tree
                ? tree
                : EventJson.tree(exchange.getMessage().getBody(byte[].class));
        try {
            exchange.getMessage().setBody(expression(path, text).apply(input));
        } catch (JsltException e) {
            // Its message may quote the input.
            throw new InvalidEvent("$", "the mapping " + path + " failed on this body; try it with waybill test");
        }
    }

    private Expression expression(String path, String text) {
        if (compiled.size() > KEPT) {
            compiled.clear();
        }
        return compiled.computeIfAbsent(
                text, t -> new Parser(new StringReader(t)).withSource(path).compile());
    }

    private static String channel(Exchange exchange) {
        return exchange.getVariable("channel", "", String.class);
    }
}
