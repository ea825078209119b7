package io.waybill.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.flow.ShadowRecorder;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShadowStopTest {
    private final CamelContext camel = new DefaultCamelContext();

    @BeforeEach
    void start() throws Exception {
        camel.getCamelContextExtension().addInterceptStrategy(new ShadowStop());
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:to").to("mock:out");
                from("direct:dynamic").setVariable("name", constant("out")).toD("mock:${variable.name}");
                from("direct:enrich").enrich().constant("mock:out");
                from("direct:list").recipientList(constant("mock:out"));
                from("direct:slip").routingSlip(constant("mock:out"));
                from("direct:tried")
                        .doTry()
                        .to("mock:out")
                        .doCatch(Exception.class)
                        .to("mock:out")
                        .end();
                from("direct:each").split(constant("a,b").tokenize(",")).to("mock:out");
                from("direct:tap").wireTap("mock:out").end().to("direct:to");
                from("direct:nested").to("direct:to").to("mock:out");
            }
        });
        camel.start();
    }

    @AfterEach
    void stop() {
        camel.stop();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "direct:to",
                "direct:dynamic",
                "direct:enrich",
                "direct:list",
                "direct:slip",
                "direct:tried",
                "direct:each",
                "direct:tap",
                "direct:nested"
            })
    void nothingLeavesInShadow(String route) {
        assertThat(sent(route, true)).isZero();
        assertThat(sent(route, false)).isPositive();
    }

    private int sent(String route, boolean shadow) {
        MockEndpoint out = camel.getEndpoint("mock:out", MockEndpoint.class);
        try (ProducerTemplate template = camel.createProducerTemplate()) {
            Exchange exchange = template.request(route, e -> e.setVariable(ShadowRecorder.VARIABLE, shadow));
            assertThat(exchange.getException()).isNull();
            return out.getReceivedCounter();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
