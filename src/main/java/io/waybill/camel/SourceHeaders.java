package io.waybill.camel;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Route;
import org.apache.camel.component.pdf.PdfHeaderConstants;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.spi.RoutePolicyFactory;
import org.apache.camel.support.RoutePolicySupport;

/**
 * Takes the headers that steer Camel's components off everything that comes in from outside, before the first step runs.
 * A policy rather than a step in each route: nobody can forget it. What the consumer itself set (a file's name, the path of
 * a request) stays readable as {@code ${variable.source[CamelFileName]}}.
 */
final class SourceHeaders implements RoutePolicyFactory {
    /** The exchange variable that keeps what was taken off. */
    static final String VARIABLE = "source";

    /** camel-pdf steers by names without the prefix. */
    private static final Set<String> UNPREFIXED = Set.of(
            PdfHeaderConstants.FILES_TO_MERGE_HEADER_NAME,
            PdfHeaderConstants.PDF_DOCUMENT_HEADER_NAME,
            PdfHeaderConstants.PROTECTION_POLICY_HEADER_NAME,
            PdfHeaderConstants.DECRYPTION_MATERIAL_HEADER_NAME);

    private static final Set<String> INTERNAL = Set.of("direct", "seda", "kamelet");

    @Override
    public RoutePolicy createRoutePolicy(CamelContext context, String routeId, NamedNode route) {
        return new RoutePolicySupport() {
            @Override
            public void onExchangeBegin(Route begun, Exchange exchange) {
                if (!INTERNAL.contains(scheme(begun))) {
                    takeOff(exchange);
                }
            }
        };
    }

    private static String scheme(Route route) {
        String uri = route.getEndpoint().getEndpointUri();
        return uri.substring(0, Math.max(0, uri.indexOf(':')));
    }

    private static void takeOff(Exchange exchange) {
        Map<String, Object> taken = new HashMap<>();
        exchange.getMessage().getHeaders().forEach((name, value) -> {
            if (steers(name)) {
                taken.put(name, value);
            }
        });
        taken.keySet().forEach(exchange.getMessage()::removeHeader);
        exchange.setVariable(VARIABLE, taken);
    }

    private static boolean steers(String header) {
        String name = header.toLowerCase(Locale.ROOT);
        return name.startsWith("camel") || name.startsWith("org.apache.camel") || UNPREFIXED.contains(name);
    }
}
