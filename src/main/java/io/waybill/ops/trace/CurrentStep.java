package io.waybill.ops.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import io.waybill.flow.Traces.Step;
import org.slf4j.MDC;

/** A span that is current on its thread, and named in every line that the thread logs. */
final class CurrentStep implements Step {
    private static final String TRACE = "trace";
    private static final String SPAN = "span";

    private final Span span;
    private final Scope scope;

    /** It is closed with this. */
    @SuppressWarnings("MustBeClosedChecker")
    CurrentStep(Span span) {
        this.span = span;
        this.scope = span.makeCurrent();
        MDC.put(TRACE, span.getSpanContext().getTraceId());
        MDC.put(SPAN, span.getSpanContext().getSpanId());
    }

    @Override
    public void ended(String word) {
        span.setAttribute("waybill.outcome", word);
    }

    @Override
    public void close() {
        MDC.remove(TRACE);
        MDC.remove(SPAN);
        scope.close();
        span.end();
    }
}
