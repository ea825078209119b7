package io.waybill.task;

import io.waybill.channel.TaskKind;
import io.waybill.flow.Routes;
import io.waybill.ledger.RunSummary;
import java.util.Set;
import org.apache.camel.Exchange;

/**
 * Tasks that are one call of the channel's operation, which does all the work and may tell its counts in the exchange
 * variable {@code summary}.
 */
final class Operating implements Work {
    private final Routes routes;

    Operating(Routes routes) {
        this.routes = routes;
    }

    @Override
    public Set<TaskKind> kinds() {
        return Set.of(TaskKind.REGISTER_WEBHOOKS);
    }

    @Override
    public RunSummary run(TaskRun run) {
        String channel = run.channel().name();
        String operation = run.kind().operation().word();
        Exchange exchange = routes.request("direct:" + channel + "-" + operation, e -> {
            e.setVariable("channel", channel);
            e.setVariable("operation", operation);
            e.setVariable("task", run.kind().word());
            run.options().forEach(e::setVariable);
        });
        rethrow(exchange);
        return Page.taken(exchange);
    }

    static void rethrow(Exchange exchange) {
        Exception e = exchange.getException();
        if (e instanceof RuntimeException runtime) {
            throw runtime;
        }
        if (e != null) {
            throw new IllegalStateException(e.getClass().getSimpleName(), e);
        }
    }
}
