package io.waybill.flow;

import io.waybill.channel.Channel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** {@code routes/flow/publish.camel.yaml} as it is shipped, in a Camel context of its own. */
final class ShippedChoice {
    private static final Path FLOW = Path.of("routes", "flow");

    private final CamelContext camel = new DefaultCamelContext();
    private final ProducerTemplate template;

    ShippedChoice() {
        Publishing publishing = new Publishing(channel -> channel.push() == Channel.Push.MANUAL, Channel::shadow);
        camel.getRegistry().bind("publishing", publishing);
        try {
            load("errors.camel.yaml");
            load("publish.camel.yaml");
            camel.start();
        } catch (Exception e) {
            throw new IllegalStateException("the shipped flow does not load", e);
        }
        template = camel.createProducerTemplate();
    }

    private void load(String file) throws Exception {
        PluginHelper.getRoutesLoader(camel)
                .loadRoutes(ResourceHelper.fromString(file, Files.readString(FLOW.resolve(file))));
    }

    /** Writes the decisions into the publication, as the route does for the server. */
    void choose(Publication publication) {
        Exchange answered = template.send(
                "direct:publish", exchange -> exchange.getMessage().setBody(publication));
        Fault.rethrow(answered);
    }
}
