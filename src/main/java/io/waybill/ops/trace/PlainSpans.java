package io.waybill.ops.trace;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.DelegatingSpanData;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Lets out what is known to be harmless. Camel would also tell addresses with their queries and the texts of exceptions, which
 * may hold secrets or a customer's data.
 */
final class PlainSpans implements SpanExporter {
    private static final Set<String> HARMLESS =
            Set.of("component", "op", "exchangeId", "http.method", "http.status_code", "error", "routeId");

    private final SpanExporter target;

    PlainSpans(SpanExporter target) {
        this.target = target;
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        return target.export(spans.stream().<SpanData>map(Plain::new).toList());
    }

    private static final class Plain extends DelegatingSpanData {
        private final Attributes attributes;

        private Plain(SpanData span) {
            super(span);
            this.attributes = span.getAttributes().toBuilder()
                    .removeIf(key ->
                            !HARMLESS.contains(key.getKey()) && !key.getKey().startsWith("waybill."))
                    .build();
        }

        @Override
        public Attributes getAttributes() {
            return attributes;
        }

        @Override
        public int getTotalAttributeCount() {
            return attributes.size();
        }

        @Override
        public List<EventData> getEvents() {
            return List.of();
        }

        @Override
        public int getTotalRecordedEvents() {
            return 0;
        }

        @Override
        public StatusData getStatus() {
            return StatusData.create(super.getStatus().getStatusCode(), "");
        }
    }

    @Override
    public CompletableResultCode flush() {
        return target.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return target.shutdown();
    }
}
