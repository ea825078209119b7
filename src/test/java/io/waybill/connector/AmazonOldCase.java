package io.waybill.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.order.EventJson;
import io.waybill.server.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The Orders API v0: what differs from the newer one is how orders come in. */
final class AmazonOldCase extends AmazonCase {
    @Override
    String name() {
        return "amazon-v0";
    }

    @Override
    Set<Part> parts() {
        return EnumSet.noneOf(Part.class);
    }

    @Override
    Map<String, String> settings(Simulator system) {
        Map<String, String> settings = super.settings(system);
        settings.put("ordersApi", "v0");
        return settings;
    }

    @Override
    Map<String, Own> own() {
        return Map.of("an order comes with all its items and its address", this::order);
    }

    private void order(TestServer server, UnaryOperator<String> channel) throws IOException {
        ObjectNode sample = EventJson.tree(
                        Files.readAllBytes(Path.of("routes/connectors/amazon/samples/read-event.v0.variables.json")))
                .path("vars")
                .deepCopy();
        ObjectNode order = (ObjectNode) sample.path("raw");
        ObjectNode second = sample.at("/items/0").deepCopy();
        second.put("OrderItemId", "68828574383267").put("SellerSKU", "SECOND");
        sample.withArray("items").add(second);
        order.put("LastUpdateDate", AmazonSimulator.stamp(Instant.now()));
        String id = order.path("AmazonOrderId").asText();
        synchronized (source) {
            source.v0Orders.put(id, order);
            source.v0Items.put(id, sample.withArray("items"));
        }
        run(server, channel.apply("src"), "import-orders", "done");
        await().atMost(SOON).until(() -> known(server, channel.apply("src"), id));
        String there = server.get("/api/orders/" + ours(server, channel.apply("src"), id))
                .toString();
        assertThat(there).contains("MUG-BLUE", "SECOND", "1 Main St");
    }
}
