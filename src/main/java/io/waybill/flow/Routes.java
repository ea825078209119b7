package io.waybill.flow;

import io.waybill.channel.Bundle;
import java.util.function.Consumer;
import org.apache.camel.Exchange;

/**
 * The routes now serving. A call runs whole on the generation that was current when it began, however many deployments
 * happen meanwhile; {@link Exchange#getContext()} of the exchange then belongs to that generation.
 */
public interface Routes {
    /** The bundle now serving. */
    Bundle bundle();

    /**
     * Sends one exchange into a {@code direct:} endpoint and waits for it. A failure stays on the exchange.
     *
     * @param endpoint such as {@code direct:read-receipt}
     */
    Exchange request(String endpoint, Consumer<Exchange> prepare);

    /** The bundle that the exchange's own generation was built from. */
    static Bundle bundleOf(Exchange exchange) {
        Bundle bundle = exchange.getContext().getCamelContextExtension().getContextPlugin(Bundle.class);
        if (bundle == null) {
            throw new IllegalStateException("this Camel context is no generation: it carries no bundle");
        }
        return bundle;
    }
}
