package io.waybill.ops.trace;

import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.waybill.camel.GenerationAddition;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.opentelemetry2.OpenTelemetryTracer;

/** Camel's own spans, a route and a call each, under the step that an exchange belongs to. */
final class TracedRoutes implements GenerationAddition {
    /** One exchange for many messages: it belongs to no trace. */
    private static final String BATCHES = "direct:store-receipts,direct://store-receipts";

    private final Tracer tracer;

    TracedRoutes(Tracer tracer) {
        this.tracer = tracer;
    }

    @Override
    public void addTo(CamelContext context) {
        context.getRegistry().bind("tracer", Tracer.class, tracer);
        context.getRegistry()
                .bind(
                        "tracePropagators",
                        ContextPropagators.class,
                        ContextPropagators.create(W3CTraceContextPropagator.getInstance()));
        OpenTelemetryTracer camel = new OpenTelemetryTracer();
        camel.setExcludePatterns(BATCHES);
        camel.init(context);
    }

    /** Camel looks for the parent in the headers alone. */
    @Override
    public void entering(Exchange exchange) {
        W3CTraceContextPropagator.getInstance().inject(Context.current(), exchange.getMessage(), TracedRoutes::header);
    }

    private static void header(@org.jspecify.annotations.Nullable Message message, String name, String value) {
        if (message != null) {
            message.setHeader(name, value);
        }
    }
}
