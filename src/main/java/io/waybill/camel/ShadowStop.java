package io.waybill.camel;

import io.waybill.flow.ShadowRecorder;
import java.util.Set;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.model.ExpressionNode;
import org.apache.camel.model.PollDefinition;
import org.apache.camel.model.PollEnrichDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.model.ToDynamicDefinition;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.jspecify.annotations.Nullable;

/**
 * Ends an exchange that is only to be rendered at the first step that could leave the server, in every route of ours or of ops.
 * Steps that stay inside are not touched, so the rest of the traffic pays nothing for it.
 */
final class ShadowStop implements InterceptStrategy {
    private static final Set<String> INSIDE =
            Set.of("direct", "kamelet", "bean", "class", "language", "log", "jslt", "pdf");

    @Override
    public Processor wrapProcessorInInterceptors(
            CamelContext context, NamedNode definition, Processor target, @Nullable Processor next) {
        return leaves(definition) ? new Stop(target) : target;
    }

    private static boolean leaves(NamedNode definition) {
        if (definition instanceof ToDefinition to) {
            return isOutside(to.getUri());
        } else if (definition instanceof ToDynamicDefinition to) {
            return isOutside(to.getUri());
        }
        return definition instanceof PollDefinition
                || definition instanceof PollEnrichDefinition
                || definition instanceof ProcessorDefinition<?> step && asksByExpression(step);
    }

    /** Where the address is only known by its expression, it may be any. */
    private static boolean asksByExpression(ProcessorDefinition<?> step) {
        return step instanceof ExpressionNode
                && Set.of("enrich", "recipientList", "routingSlip", "dynamicRouter")
                        .contains(step.getShortName());
    }

    private static boolean isOutside(@Nullable String uri) {
        return uri == null || !INSIDE.contains(uri.substring(0, Math.max(0, uri.indexOf(':'))));
    }

    private static final class Stop extends DelegateAsyncProcessor {
        private Stop(Processor target) {
            super(target);
        }

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            if (exchange.getVariable(ShadowRecorder.VARIABLE, false, Boolean.class)) {
                exchange.setRouteStop(true);
                callback.done(true);
                return true;
            }
            return super.process(exchange, callback);
        }
    }
}
