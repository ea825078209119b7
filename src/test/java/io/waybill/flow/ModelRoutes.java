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
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.jspecify.annotations.Nullable;

/**
 * What the models' sequences run on: the shipped choice of what is published, the flow's own beans, and fake channels behind
 * them.
 */
final class ModelRoutes implements Routes {
    static final List<String> DESTINATIONS = List.of("alpha", "beta", "erp", "hand");

    private static final ShippedChoice CHOICE = new ShippedChoice();
    private static final String RULES =
            """
            {"overwrites": {
              "alpha": [{"attribute": "publish", "of": "line", "when": {"line.sku": {"startsWith": "A-"}}, "then": true, "otherwise": false}],
              "beta": [{"attribute": "publish", "of": "line", "when": {"line.sku": {"startsWith": "B-"}}, "then": true, "otherwise": false}]}}""";

    private final Bundle bundle;
    private final Reading reading = new Reading(this);
    private final CamelContext camel = new DefaultCamelContext();
    private final Map<String, ModelStore> stores;

    private ModelRoutes(Map<String, ModelStore> stores, Bundle bundle) {
        this.stores = stores;
        this.bundle = bundle;
        camel.getCamelContextExtension().addContextPlugin(Bundle.class, bundle);
    }

    /**
     * A shop; {@code erp} takes all; {@code alpha} (lines A-, no updates) and {@code beta} (lines B-, no keys, can be searched)
     * are suppliers; {@code hand} is pushed to by people.
     */
    static ModelRoutes shopAndDestinations(Map<String, ModelStore> stores) {
        RuleSet rules = Objects.requireNonNull(RuleSet.read(tree(RULES)).rules());
        return new ModelRoutes(
                stores,
                bundle(
                        Map.of("shop", rules),
                        channel("shop", Role.MARKETPLACE, null, true, false, Channel.Push.AUTOMATIC, all()),
                        channel("erp", Role.ERP, null, true, false, Channel.Push.AUTOMATIC, all()),
                        channel("hand", Role.PLATFORM, null, true, false, Channel.Push.MANUAL, all()),
                        channel(
                                "alpha",
                                Role.SUPPLIER,
                                null,
                                true,
                                true,
                                Channel.Push.AUTOMATIC,
                                allBut(Operation.UPDATE_ORDER)),
                        channel("beta", Role.SUPPLIER, null, false, false, Channel.Push.AUTOMATIC, all())));
    }

    /** Empty stores behind {@link #shopAndDestinations} that do what they are told. */
    static void openWithoutFaults(Map<String, ModelStore> stores) {
        for (String name : List.of("alpha", "beta", "erp", "hand", "shop")) {
            ModelStore store = new ModelStore(name, !name.equals("beta"), false, new Random(1));
            store.heal();
            stores.put(name, store);
        }
    }

    /** Two shops, each of which gets the orders of the other: {@code left} takes keys, {@code right} can be searched. */
    static ModelRoutes mirrors(Map<String, ModelStore> stores, boolean referencesAreRepeated) {
        return new ModelRoutes(
                stores,
                bundle(
                        Map.of(),
                        channel(
                                "left",
                                Role.MARKETPLACE,
                                List.of("right"),
                                true,
                                referencesAreRepeated,
                                Channel.Push.AUTOMATIC,
                                all()),
                        channel(
                                "right",
                                Role.MARKETPLACE,
                                List.of("left"),
                                false,
                                !referencesAreRepeated,
                                Channel.Push.AUTOMATIC,
                                all())));
    }

    private static Bundle bundle(Map<String, RuleSet> rules, Channel... channels) {
        return new Bundle(
                "hash",
                Map.of(),
                Stream.of(channels).collect(Collectors.toMap(Channel::name, c -> c)),
                List.of(),
                Map.of(),
                SkuAliases.NONE,
                Map.of(),
                rules);
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
            String name,
            Role role,
            @Nullable List<String> destinations,
            boolean keyed,
            boolean repeatsReference,
            Channel.Push push,
            Set<Operation> operations) {
        Connector connector = new Connector(
                "model",
                "Model",
                Map.of(),
                Map.of(),
                operations,
                keyed,
                Duration.ZERO,
                repeatsReference,
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
                destinations,
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
            case "direct:publish" -> CHOICE.choose(exchange.getMessage().getBody(Publication.class));
            case "direct:deliver" ->
                stores.get(exchange.getVariable("channel", String.class)).take(exchange);
            default -> throw new IllegalArgumentException(endpoint);
        }
        return exchange;
    }
}
