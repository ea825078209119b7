package io.waybill.flow;

import io.waybill.channel.Bundle;
import io.waybill.ledger.Decided;
import io.waybill.ledger.Known;
import io.waybill.order.Event;
import io.waybill.order.Order;
import java.util.List;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** Asks {@code direct:publish} of the generation now serving. Pure: nothing is written, so it may be asked again and again. */
final class Decisions {
    /** @param state the order with the tags it got; what an order event makes the stored state */
    record Made(Order state, List<Decided> decided) {}

    private final Routes routes;

    Decisions(Routes routes) {
        this.routes = routes;
    }

    Made on(Event event, String from, Order order, @Nullable Known known) {
        return made(routes.request("direct:publish", e -> e.getMessage()
                .setBody(new Publication(Routes.bundleOf(e), from, event, order, known))));
    }

    /** By the rules of another bundle than the one serving; the routes are those that serve. */
    Made on(Bundle bundle, DryRun.Subject subject) {
        return made(routes.request("direct:publish", e -> e.getMessage()
                .setBody(new Publication(
                        bundle, subject.channel(), subject.event(), subject.state(), subject.known()))));
    }

    private static Made made(Exchange exchange) {
        Fault.rethrow(exchange);
        Publication publication = exchange.getMessage().getBody(Publication.class);
        return new Made(publication.tagged().order(), publication.decisions());
    }
}
