package io.waybill.flow;

import io.waybill.channel.Bundle;
import io.waybill.channel.Channel;
import io.waybill.channel.Connector;
import io.waybill.channel.Operation;
import io.waybill.channel.Role;
import io.waybill.channel.SkuAliases;
import io.waybill.order.EventJson;
import io.waybill.order.OrderPart;
import io.waybill.rule.RuleSet;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;

/**
 * What the model's sequences run on: the flow's own beans, called as the shipped routes call them, and fake channels behind
 * them. A shop; {@code erp} takes all; {@code alpha} (lines A-, no updates) and {@code beta} (lines B-, no keys, can be
 * searched) are suppliers; {@code hand} is pushed to by people.
 */
final class ModelRoutes implements Routes {
    static final List<String> DESTINATIONS = List.of("alpha", "beta", "erp", "hand");

    private static final String RULES =
            """
            {"overwrites": {
              "alpha": [{"attribute": "publish", "of": "line", "when": {"line.sku": {"startsWith": "A-"}}, "then": true, "otherwise": false}],
              "beta": [{"attribute": "publish", "of": "line", "when": {"line.sku": {"startsWith": "B-"}}, "then": true, "otherwise": false}]}}""";

    private final Bundle bundle = new Bundle(
            "hash",
            Map.of(),
            Stream.of(
                            channel("shop", Role.MARKETPLACE, true, Channel.Push.AUTOMATIC, all()),
                            channel("erp", Role.ERP, true, Channel.Push.AUTOMATIC, all()),
                            channel("hand", Role.PLATFORM, true, Channel.Push.MANUAL, all()),
                            channel(
                                    "alpha",
                                    Role.SUPPLIER,
                                    true,
                                    Channel.Push.AUTOMATIC,
                                    allBut(Operation.UPDATE_ORDER)),
                            channel("beta", Role.SUPPLIER, false, Channel.Push.AUTOMATIC, all()))
                    .collect(Collectors.toMap(Channel::name, c -> c)),
            List.of(),
            Map.of(),
            SkuAliases.NONE,
            Map.of(),
            Map.of(
                    "shop",
                    java.util.Objects.requireNonNull(RuleSet.read(tree(RULES)).rules())));
    private final Publishing publishing =
            new Publishing(channel -> channel.push() == Channel.Push.MANUAL, Channel::shadow);
    private final Reading reading = new Reading(this);
    private final CamelContext camel = new DefaultCamelContext();
    private final Map<String, ModelStore> stores;

    ModelRoutes(Map<String, ModelStore> stores) {
        this.stores = stores;
        camel.getCamelContextExtension().addContextPlugin(Bundle.class, bundle);
    }

    private static com.fasterxml.jackson.databind.JsonNode tree(String json) {
        return EventJson.tree(json.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private static Set<Operation> all() {
        return EnumSet.of(
                Operation.CREATE_ORDER,
                Operation.UPDATE_ORDER,
                Operation.CANCEL_ORDER,
                Operation.SHIP_ORDER,
                Operation.FIND_ORDER);
    }

    private static Set<Operation> allBut(Operation operation) {
        Set<Operation> rest = all();
        rest.remove(operation);
        return rest;
    }

    private static Channel channel(
            String name, Role role, boolean keyed, Channel.Push push, Set<Operation> operations) {
        Connector connector = new Connector(
                "model",
                "Model",
                Map.of(),
                Map.of(),
                operations,
                keyed,
                Duration.ZERO,
                name.equals("alpha"),
                Connector.Webhook.NONE,
                List.of(),
                Channel.Limits.DEFAULT,
                List.of());
        return new Channel(
                name,
                connector,
                name,
                role,
                Map.of(),
                null,
                new Channel.Limits(Double.POSITIVE_INFINITY, 256),
                Map.of(),
                push,
                true,
                Set.of(OrderPart.LINES),
                Channel.OrderForm.DEFAULT,
                Channel.LabelForm.AS_IS,
                false);
    }

    @Override
    public Bundle bundle() {
        return bundle;
    }

    @Override
    public Exchange request(String endpoint, Consumer<Exchange> prepare) {
        Exchange exchange = new DefaultExchange(camel);
        prepare.accept(exchange);
        switch (endpoint) {
            case "direct:read" -> reading.parse(exchange);
            case "direct:publish" -> publish(exchange.getMessage().getBody(Publication.class));
            case "direct:deliver" ->
                stores.get(exchange.getVariable("channel", String.class)).take(exchange);
            default -> throw new IllegalArgumentException(endpoint);
        }
        return exchange;
    }

    /** As publish.camel.yaml says it. */
    private void publish(Publication publication) {
        publishing.tag(publication);
        for (Candidate candidate : publication.candidates()) {
            publishing.ask(candidate);
            if (candidate.isStranger()) {
                publishing.withholdFromStranger(candidate);
            } else if (candidate.isIncapable()) {
                publishing.withholdForLackOfCapability(candidate);
            } else if (candidate.isBarred()) {
                publishing.withholdByPolicy(candidate);
            } else if (candidate.isRuleBroken()) {
                publishing.withholdByBrokenRule(candidate);
            } else if (candidate.isRuledOut()) {
                publishing.withholdByRule(candidate);
            } else if (candidate.isPart()) {
                publishing.withholdPart(candidate);
            } else {
                publishing.publish(candidate);
            }
        }
    }
}
