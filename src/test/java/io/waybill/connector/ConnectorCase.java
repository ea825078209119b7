package io.waybill.connector;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.server.TestServer;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * How one connector takes part in the contract. A subclass {@code <Name>Case} in this package, not abstract, with a
 * constructor without parameters, is found by itself. Orders at the source are made by {@link #sell}; {@link #article} makes
 * an article that orders may name.
 */
abstract class ConnectorCase {
    /** What the contract tries; leave out what the system cannot do. */
    enum Part {
        /** Polls orders: the sample, a thousand under movement. */
        POLLS,
        /** Takes a webhook; {@link #webhook} says how it is signed. */
        WEBHOOK,
        /** Makes an order, once, whatever happens to the answer. */
        CREATES,
        CANCELS,
        /** Tells the source of shipments, in part and whole. */
        SHIPS,
        /** Whole shipments only. */
        SHIPS_WHOLE,
        /** An article that the system does not have is told apart from other refusals. */
        KNOWS_ARTICLES,
        /** Bad credentials are told apart and stop the channel. */
        LOCKS,
        /** 429 is told apart. */
        LIMITS,
        /** Tells its articles and their images. */
        PRODUCTS,
        /** Tells its stock, and takes another's. */
        STOCK,
        /** Notes refunds. */
        REFUNDS,
        /** Makes its webhooks by register-webhooks. */
        REGISTERS,
        /** Says by check whether it can be used. */
        CHECKS
    }

    /** @param headers name, value, name, value */
    record Webhook(byte[] body, List<String> headers) {}

    /** The connector's folder. */
    abstract String connector();

    /** Where that folder is. What does not come with the program is copied beside it. */
    Path folder() {
        return Path.of("routes/connectors", connector());
    }

    /** How many orders the poll brings while they move. */
    int many() {
        return 1000;
    }

    /** Its channels' names begin with this; a connector that takes part more than once has more than one. */
    String name() {
        return connector();
    }

    /** What only this connector promises, by name. */
    Map<String, Own> own() {
        return Map.of();
    }

    /** One more test on the shared server; {@code channel} names this case's channels, such as {@code dst}. */
    interface Own {
        void run(TestServer server, UnaryOperator<String> channel) throws Exception;
    }

    Set<Part> parts() {
        return EnumSet.allOf(Part.class);
    }

    /** The system as a source of orders, with an account of its own. */
    abstract Simulator source();

    /** The system as a destination. May be the same kind as the source; never the same object. */
    abstract Simulator destination();

    /** All settings of a channel on that system, secrets written out; the kit puts those into files. */
    abstract Map<String, String> settings(Simulator system);

    /** An order of the sample {@code rich} stands there from now on, as {@code samples/rich.in.json} has it. */
    abstract void sellSample(JsonNode order);

    /** A plain order with this id, of one line (2 pieces of this SKU), changed at that time. */
    abstract void sell(String id, String sku, Instant changed);

    /** Called after each page that the source has answered to a poll. */
    void afterPage(Runnable event) {}

    /** The order changes there without anybody seeing a difference but its time. */
    void touch(String id, Instant changed) {}

    /** A signed message of the source about this order. */
    Webhook webhook(String id) {
        throw new UnsupportedOperationException(connector() + " has no webhooks");
    }

    /** The same message as somebody would send it who does not know the secret. */
    Webhook forged(Webhook message) {
        byte[] body = message.body().clone();
        for (int i = body.length - 1; i >= 0; i--) {
            if (body[i] == '1') {
                body[i] = '2';
                break;
            }
        }
        return new Webhook(body, message.headers());
    }

    /** HMAC-SHA256 of these bytes, one after the other. */
    static byte[] hmac(byte[] key, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Both systems know this article. */
    abstract void article(String sku);

    /** Ids of the orders at the destination that carry this number or reference of ours, cancelled ones too. */
    List<String> created(String number) {
        throw new UnsupportedOperationException(connector() + " makes no orders");
    }

    /** What the destination kept of an order, by the canonical JSON pointers it keeps, such as {@code /lines/0/quantity}. */
    Map<String, String> kept(String id) {
        throw new UnsupportedOperationException(connector() + " makes no orders");
    }

    boolean isCancelled(String id) {
        throw new UnsupportedOperationException(connector() + " cancels nothing");
    }

    /** The request that makes an order there, to put a fault on. */
    boolean isCreate(Simulator.Request request) {
        return false;
    }

    /** From now on the source has so many of this article. */
    void stock(String sku, long quantity) {
        throw new UnsupportedOperationException(connector() + " has no stock");
    }

    /** How many of this article the destination was told it has. */
    long stocked(String sku) {
        throw new UnsupportedOperationException(connector() + " takes no stock");
    }

    /** The amounts of the refunds that an order at the destination has. */
    List<String> refunds(String id) {
        throw new UnsupportedOperationException(connector() + " refunds nothing");
    }

    /** How many webhooks the source has that come to this server. */
    int registered() {
        throw new UnsupportedOperationException(connector() + " registers nothing");
    }

    /** What the source was told of shipments of this order: tracking numbers. */
    List<String> tracking(String id) {
        throw new UnsupportedOperationException(connector() + " ships nothing");
    }

    boolean isShippedWhole(String id) {
        throw new UnsupportedOperationException(connector() + " ships nothing");
    }
}
