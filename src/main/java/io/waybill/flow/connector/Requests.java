package io.waybill.flow.connector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.flow.Mapping;
import org.apache.camel.Exchange;

/**
 * The bean {@code request}: a mapping makes the next request of an operation out of the canonical request. A mapping that makes
 * null leaves the call out: {@code direct:call-channel} and {@code answer} then do nothing. One that makes {@code fault} refuses,
 * as in {@link Outcomes}.
 */
public final class Requests {
    static final String CALL = "request";
    static final String EVENT = "event";

    private final Mapping mapping;
    private final CanonicalInput canonical;

    Requests(Mapping mapping, CanonicalInput canonical) {
        this.mapping = mapping;
        this.canonical = canonical;
    }

    /** Its input is the canonical request, with what the last call answered under {@code answer}. */
    public void write(Exchange exchange, String path) {
        ObjectNode input = canonical.of(exchange);
        JsonNode made = mapping.mapped(exchange, path, input);
        if (made.hasNonNull("fault")) {
            throw Outcomes.fault(made.path("fault"));
        }
        if (made.isNull()) {
            exchange.removeVariable(CALL);
            return;
        }
        exchange.setVariable(CALL, Call.of(made, path));
    }
}
