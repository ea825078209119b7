package io.waybill.camel;

import static io.waybill.camel.RoutesFixture.answering;
import static io.waybill.camel.RoutesFixture.files;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.channel.Bundle;
import io.waybill.channel.Operation;
import io.waybill.flow.Routes;
import io.waybill.order.WaybillException;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GenerationsTest {
    private final RoutesFixture routes = new RoutesFixture();

    @AfterEach
    void close() {
        routes.close();
    }

    @Test
    void servesTheNewestBundle() {
        routes.serve(files().with("a.camel.yaml", answering("greet", "old")).bundle());
        routes.serve(files().with("a.camel.yaml", answering("greet", "new")).bundle());

        assertThat(routes.ask("direct:greet")).isEqualTo("new");
    }

    @Test
    void tellsWhichBundleAnExchangeBelongsTo() {
        Bundle bundle = files().with("a.camel.yaml", answering("greet", "hi")).bundle();
        routes.serve(bundle);

        Exchange exchange = routes.generations.request("direct:greet", prepared -> {});

        assertThat(Routes.bundleOf(exchange)).isSameAs(bundle);
    }

    @Test
    void dropsTheRoutesOfADeletedFile() {
        routes.serve(files().with("a.camel.yaml", answering("stays", "1"))
                .with("b.camel.yaml", answering("goes", "2"))
                .bundle());
        routes.serve(files().with("a.camel.yaml", answering("stays", "1")).bundle());

        Exchange exchange = routes.generations.request("direct:goes", prepared -> {});

        assertThat(exchange.getException()).isInstanceOfSatisfying(WaybillException.class, e -> assertThat(e.code())
                .isEqualTo(RoutesError.ROUTE_MISSING));
    }

    @Test
    void keepsServingWhenTheNextBundleIsRefused() {
        routes.serve(files().with("a.camel.yaml", answering("greet", "old")).bundle("good"));

        routes.refused(files().with("a.camel.yaml", "- route: [").bundle("bad"));

        assertThat(routes.ask("direct:greet")).isEqualTo("old");
        assertThat(routes.generations.bundle().hash()).isEqualTo("good");
    }

    @Test
    void rollsBackAndForwardAgain() {
        routes.serve(files().with("a.camel.yaml", answering("greet", "old")).bundle());
        routes.serve(files().with("a.camel.yaml", answering("greet", "new")).bundle());

        routes.generations.rollback();
        assertThat(routes.ask("direct:greet")).isEqualTo("old");
        routes.generations.rollback();
        assertThat(routes.ask("direct:greet")).isEqualTo("new");
    }

    @Test
    void refusesToRollBackBeforeAnythingWasSwitched() {
        routes.serve(files().with("a.camel.yaml", answering("greet", "old")).bundle());

        assertThatThrownBy(routes.generations::rollback).hasMessageContaining("No earlier version");
    }

    @Test
    void makesOneRoutePerChannelAndOperation() {
        String template =
                """
                - routeTemplate:
                    id: "shop-create-order"
                    parameters:
                      - name: "channel"
                    route:
                      from:
                        uri: "direct:{{channel}}-create-order"
                        steps:
                          - setBody:
                              id: "answer"
                              expression:
                                constant:
                                  expression: "created at {{channel}}"
                """;
        routes.serve(files().with("connectors/shop/create-order.camel.yaml", template)
                .channel("north", "shop", Map.of(), Operation.CREATE_ORDER)
                .channel("south", "shop", Map.of(), Operation.CREATE_ORDER)
                .bundle());

        assertThat(routes.ask("direct:north-create-order")).isEqualTo("created at north");
        assertThat(routes.ask("direct:south-create-order")).isEqualTo("created at south");
    }

    @Test
    void fillsInPlaceholdersWhileRoutesAreMade() {
        System.setProperty("waybill.test.answer", "from the system");
        routes.serve(
                files().with("a.camel.yaml", answering("greet", "{{sys:waybill.test.answer}} {{env:NOT_SET:none}}"))
                        .bundle());

        assertThat(routes.ask("direct:greet")).isEqualTo("from the system none");
    }

    @Test
    void keepsAFailureOnTheExchange() {
        routes.serve(files().with(
                        "a.camel.yaml",
                        """
                        - route:
                            id: "fails"
                            from:
                              uri: "direct:fails"
                              steps:
                                - throwException:
                                    exceptionType: "java.lang.IllegalArgumentException"
                                    message: "no such SKU"
                        """)
                .bundle());

        Exchange exchange = routes.generations.request("direct:fails", prepared -> {});

        assertThat(exchange.getException()).hasMessage("no such SKU");
    }

    @Test
    void waitsForStepsOnOtherThreads() {
        routes.serve(files().with(
                        "a.camel.yaml",
                        """
                        - route:
                            id: "slow"
                            from:
                              uri: "direct:slow"
                              steps:
                                - threads:
                                    poolSize: 2
                                - setBody:
                                    expression:
                                      constant:
                                        expression: "done"
                        """)
                .bundle());

        assertThat(routes.ask("direct:slow")).isEqualTo("done");
    }
}
