package io.waybill.flow.connector;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.channel.Channel;
import io.waybill.channel.Operation;
import io.waybill.flow.FlowError;
import io.waybill.flow.Routes;
import io.waybill.ledger.ProductRow;
import io.waybill.order.EventJson;
import io.waybill.order.WaybillException;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** Makes articles at channels. */
public final class Articles {
    private final Routes routes;

    Articles(Routes routes) {
        this.routes = routes;
    }

    /** What the channel calls it, as far as it says so. */
    public record Created(String channel, @Nullable String id, @Nullable String url) {}

    /** Throws what the channel answered instead. Asking twice may make two. */
    public Created createAt(ProductRow product, Channel channel) {
        if (!channel.can(Operation.CREATE_PRODUCT)) {
            throw new WaybillException(
                    FlowError.CANNOT_CREATE_PRODUCT,
                    "Channel " + channel.name()
                            + " makes no products: its connector has no create-product, or a setting for"
                            + " it is missing.");
        }
        Exchange exchange = routes.request("direct:" + channel.name() + "-" + Operation.CREATE_PRODUCT.word(), e -> {
            e.setVariable("channel", channel.name());
            e.setVariable("operation", Operation.CREATE_PRODUCT.word());
            e.setVariable("idempotencyKey", UUID.randomUUID().toString());
            e.setVariable("product", json(product));
        });
        if (exchange.getException() instanceof RuntimeException e) {
            throw e;
        }
        if (exchange.getException() != null) {
            throw new WaybillException(
                    FlowError.CHANNEL_SILENT,
                    "Channel " + channel.name() + " did not answer: "
                            + exchange.getException().getClass().getSimpleName()
                            + ". Look there before asking again.");
        }
        return new Created(
                channel.name(),
                exchange.getVariable("externalId", String.class),
                exchange.getVariable("externalUrl", String.class));
    }

    private static ObjectNode json(ProductRow product) {
        ObjectNode json = EventJson.MAPPER.createObjectNode();
        json.put("id", product.productId())
                .put("variantId", product.variantId())
                .put("title", product.title());
        json.put("sku", product.sku()).put("price", product.price()).put("currency", product.currency());
        json.put("status", product.status()).put("url", product.url());
        json.set("detail", product.detail());
        json.set("images", product.images());
        return json;
    }
}
