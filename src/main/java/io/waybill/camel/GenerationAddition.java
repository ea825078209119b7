package io.waybill.camel;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;

/** What somebody who looks on adds to every generation. At most one bean; without it nothing of it is paid for. */
public interface GenerationAddition {
    /** Called before the generation's routes are loaded. */
    void addTo(CamelContext context);

    /** Called on the caller's thread before an exchange enters the routes. */
    void entering(Exchange exchange);
}
