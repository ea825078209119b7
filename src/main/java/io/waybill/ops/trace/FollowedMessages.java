package io.waybill.ops.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.waybill.flow.Inbox;
import io.waybill.flow.Traces;
import io.waybill.ledger.Claimed;
import io.waybill.ledger.Origins;
import io.waybill.ledger.Origins.Origin;
import io.waybill.ledger.Receipts;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A trace begins where a message arrives, and its import and deliveries are spans of it: the receipt keeps where it began. What
 * happens more than a quarter of an hour later (retries, pushes by hand) begins a trace of its own that is linked to the first.
 */
final class FollowedMessages implements Traces {
    private static final Duration SAME_TRACE = Duration.ofMinutes(15);
    private static final W3CTraceContextPropagator W3C = W3CTraceContextPropagator.getInstance();
    private static final TextMapGetter<String> PARENT = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(String traceparent) {
            return List.of(Inbox.TRACEPARENT);
        }

        @Override
        public @Nullable String get(@Nullable String traceparent, String name) {
            return name.equals(Inbox.TRACEPARENT) ? traceparent : null;
        }
    };

    private final Tracer tracer;
    private final Origins origins;

    FollowedMessages(Tracer tracer, Origins origins) {
        this.tracer = tracer;
        this.origins = origins;
    }

    @Override
    public Arrival arrived(String channel) {
        Span span = tracer.spanBuilder("receive " + channel)
                .setNoParent()
                .setSpanKind(SpanKind.SERVER)
                .setAttribute("waybill.channel", channel)
                .startSpan();
        return new Arrived(span);
    }

    private record Arrived(Span span) implements Arrival {
        @Override
        public String traceparent() {
            Map<String, String> carrier = new HashMap<>();
            W3C.inject(Context.root().with(span), carrier, (map, name, value) -> {
                if (map != null) {
                    map.put(name, value);
                }
            });
            return carrier.getOrDefault(Inbox.TRACEPARENT, "");
        }

        @Override
        public void ended(Inbox.@Nullable Stored stored, @Nullable Throwable failure) {
            if (stored == null) {
                span.setStatus(StatusCode.ERROR);
            } else {
                span.setAttribute("waybill.receipt", stored.receiptId());
                span.setAttribute("waybill.outcome", stored.fate().name().toLowerCase(Locale.ROOT));
            }
            span.end();
        }
    }

    @Override
    public Step importing(Receipts.Claimed receipt, String step) {
        SpanBuilder builder = tracer.spanBuilder(step + " " + receipt.channel())
                .setAttribute("waybill.channel", receipt.channel())
                .setAttribute("waybill.receipt", receipt.id());
        return begin(builder, Origin.of(receipt.headers(), receipt.receivedAt()));
    }

    @Override
    public Step delivering(Claimed claimed) {
        SpanBuilder builder = tracer.spanBuilder(claimed.operation() + " " + claimed.channel())
                .setSpanKind(SpanKind.PRODUCER)
                .setAttribute("waybill.channel", claimed.channel())
                .setAttribute("waybill.operation", claimed.operation())
                .setAttribute("waybill.order", claimed.orderId())
                .setAttribute("waybill.delivery", claimed.deliveryId());
        return begin(builder, origins.of(claimed.eventId()));
    }

    private static Step begin(SpanBuilder builder, @Nullable Origin origin) {
        builder.setNoParent();
        if (origin != null && origin.traceparent() != null) {
            Context context = W3C.extract(Context.root(), origin.traceparent(), PARENT);
            SpanContext first = Span.fromContext(context).getSpanContext();
            if (origin.receivedAt().plus(SAME_TRACE).isAfter(Instant.now())) {
                builder.setParent(context);
            } else if (first.isValid()) {
                builder.addLink(first);
            }
        }
        return new CurrentStep(builder.startSpan());
    }
}
