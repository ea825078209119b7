package io.waybill.camel;

import io.waybill.channel.Bundle;
import io.waybill.channel.Channel;
import io.waybill.channel.Connector;
import io.waybill.channel.Operation;
import io.waybill.channel.Role;
import io.waybill.channel.SkuAliases;
import io.waybill.order.OrderPart;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Exchange;
import org.springframework.context.support.GenericApplicationContext;

/** Generations over real Camel contexts, without a web server or a database. */
final class RoutesFixture implements AutoCloseable {
    final GenericApplicationContext application = new GenericApplicationContext();
    final Generations generations;
    private final OutboundHttp http = new OutboundHttp(new TargetPolicy(false, true));

    RoutesFixture() {
        this(Map.of());
    }

    RoutesFixture(Map<String, Object> beans) {
        beans.forEach((name, bean) -> application.getBeanFactory().registerSingleton(name, bean));
        application.refresh();
        generations = new Generations(new Candidates(application, http, Runnable::run));
    }

    /** The body that comes back from an endpoint. */
    String ask(String endpoint) {
        return ask(endpoint, "");
    }

    String ask(String endpoint, Object body) {
        Exchange exchange =
                generations.request(endpoint, prepared -> prepared.getMessage().setBody(body));
        if (exchange.getException() != null) {
            throw new AssertionError(exchange.getException());
        }
        return exchange.getMessage().getBody(String.class);
    }

    /** Switches, and fails with the findings when refused. */
    Outcome.Switched serve(Bundle bundle) {
        Outcome outcome = generations.switchTo(bundle);
        if (outcome instanceof Outcome.Switched switched) {
            return switched;
        }
        throw new AssertionError(outcome);
    }

    Outcome.Refused refused(Bundle bundle) {
        Outcome outcome = generations.switchTo(bundle);
        if (outcome instanceof Outcome.Refused refused) {
            return refused;
        }
        throw new AssertionError(outcome);
    }

    static Files files() {
        return new Files();
    }

    /** Names {@code direct:} and answers with a constant. */
    static String answering(String name, String answer) {
        return """
                - route:
                    id: "%s"
                    from:
                      uri: "direct:%s"
                      steps:
                        - setBody:
                            expression:
                              constant:
                                expression: "%s"
                """
                .formatted(name, name, answer);
    }

    static final class Files {
        private final Map<String, String> routes = new LinkedHashMap<>();
        private final List<Channel> channels = new ArrayList<>();

        Files with(String path, String yaml) {
            routes.put(path, yaml);
            return this;
        }

        Files channel(String name, String connector, Map<String, String> settings, Operation... operations) {
            channels.add(RoutesFixture.channel(name, connector, settings, operations));
            return this;
        }

        Bundle bundle() {
            return bundle("hash-" + routes.hashCode());
        }

        Bundle bundle(String hash) {
            Map<String, Channel> byName = new LinkedHashMap<>();
            Map<String, Connector> connectors = new LinkedHashMap<>();
            channels.forEach(channel -> byName.put(channel.name(), channel));
            channels.forEach(channel -> connectors.put(channel.connector().name(), channel.connector()));
            return new Bundle(
                    hash,
                    connectors,
                    byName,
                    routes.entrySet().stream()
                            .map(e -> new Bundle.RouteFile(e.getKey(), e.getValue()))
                            .toList(),
                    Map.of(),
                    SkuAliases.NONE,
                    Map.of());
        }
    }

    private static Channel channel(
            String name, String connector, Map<String, String> settings, Operation... operations) {
        Set<Operation> able = EnumSet.noneOf(Operation.class);
        able.addAll(List.of(operations));
        return new Channel(
                name,
                new Connector(
                        connector,
                        connector,
                        Map.of(),
                        Map.of(),
                        able,
                        true,
                        Duration.ofSeconds(30),
                        true,
                        new Connector.Webhook("none", null, "webhookSecret", List.of(), List.of()),
                        List.of(),
                        Channel.Limits.DEFAULT,
                        List.of()),
                name,
                Role.ERP,
                settings,
                null,
                Channel.Limits.DEFAULT,
                Map.of(),
                Channel.Push.AUTOMATIC,
                true,
                EnumSet.allOf(OrderPart.class),
                Channel.OrderForm.DEFAULT,
                Channel.LabelForm.PDF,
                false);
    }

    @Override
    public void close() {
        generations.close();
        http.close();
        application.close();
    }
}
