package io.waybill.flow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.schibsted.spt.data.jslt.Expression;
import com.schibsted.spt.data.jslt.JsltException;
import io.waybill.channel.Bundle;
import io.waybill.channel.Settings;
import io.waybill.channel.mapping.MappingLanguage;
import io.waybill.order.EventJson;
import io.waybill.order.InvalidEvent;
import java.time.Clock;
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
    private final MappingVariables variables;

    public Mapping(Settings settings, Clock clock) {
        this.variables = new MappingVariables(settings, clock);
    }

    /** Has the channel a mapping of its own for what comes in? */
    public boolean isOwn(Exchange exchange) {
        return !Inbound.isCanonical(exchange.getVariable("topic", "", String.class))
                && Routes.bundleOf(exchange).readEventMapping(channel(exchange)).isPresent();
    }

    /** Maps the body by the channel's own mapping. */
    public void own(Exchange exchange) {
        Bundle bundle = Routes.bundleOf(exchange);
        apply(exchange, bundle.readEventMapping(channel(exchange)).orElseThrow());
    }

    /** Maps the body, JSON of any form, by the mapping at this path. */
    public void apply(Exchange exchange, String path) {
        exchange.getMessage().setBody(mapped(exchange, path, input(exchange)));
    }

    /** @throws InvalidEvent when it fails on this input */
    public JsonNode mapped(Exchange exchange, String path, JsonNode input) {
        Bundle bundle = Routes.bundleOf(exchange);
        try {
            return MappingLanguage.apply(expression(bundle, path), variables.of(exchange), input);
        } catch (JsltException e) {
            // Its message may quote the input.
            throw new InvalidEvent("$", "the mapping " + path + " failed on this body; try it with waybill test");
        }
    }

    private static JsonNode input(Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        if (body == null) {
            return NullNode.instance;
        }
        return body instanceof JsonNode tree
                ? tree
                : EventJson.tree(exchange.getMessage().getBody(byte[].class));
    }

    private Expression expression(Bundle bundle, String path) {
        if (compiled.size() > KEPT) {
            compiled.clear();
        }
        return compiled.computeIfAbsent(bundle.hash() + path, key -> MappingLanguage.compile(path, bundle::resource));
    }

    private static String channel(Exchange exchange) {
        return exchange.getVariable("channel", "", String.class);
    }
}
