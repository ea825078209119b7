package io.waybill.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.waybill.TestDatabase;
import io.waybill.ledger.Deliveries.Appetite;
import io.waybill.order.Event;
import io.waybill.order.EventJson;
import io.waybill.order.EventType;
import io.waybill.order.Order;
import io.waybill.order.OrderChanged;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts orders into a ledger the way that importers and workers do, for tests of what is then to be seen. */
public final class LedgerScene {
    private static final Duration LEASE = Duration.ofSeconds(60);

    private final Db db;
    private final Ledger ledger;
    private final Receipts receipts;
    private final Deliveries deliveries;

    public LedgerScene(TestDatabase database) {
        this.db = new Db(database.dataSource());
        this.ledger = new Ledger(database.dataSource());
        this.receipts = new Receipts(database.dataSource(), "node-1");
        this.deliveries = new Deliveries(database.dataSource(), "node-1");
    }

    public static Decided publish(String channel) {
        return decided(channel, Verdict.PUBLISH, null, false, Overlay.NONE);
    }

    public static Decided publishByHand(String channel) {
        return decided(channel, Verdict.PUBLISH, null, true, Overlay.NONE);
    }

    public static Decided publishLines(String channel, String... lines) {
        return decided(
                channel,
                Verdict.PUBLISH,
                null,
                false,
                new Overlay(null, null, null, null, null, List.of(lines), null, null, 0));
    }

    public static Decided withhold(String channel, String reason) {
        return decided(channel, Verdict.RULE, reason, false, Overlay.NONE);
    }

    /** The same for a destination that takes no updates. */
    public static Decided rigid(Decided d) {
        return new Decided(
                d.channel(),
                d.verdict(),
                d.reason(),
                d.operation(),
                false,
                d.manual(),
                d.reference(),
                d.overlay(),
                null);
    }

    private static Decided decided(
            String channel, Verdict verdict, @Nullable String reason, boolean manual, Overlay overlay) {
        return new Decided(channel, verdict, reason, "create-order", true, manual, "R-" + channel, overlay, null);
    }

    /** An order of two lines: MUG, twice, and CUP, once. */
    public static OrderChanged order(String id, String status, int version) {
        return (OrderChanged) event(
                """
                {"type":"order","order":{"id":"%s","number":"#%s","status":"%s","version":"%d","currency":"USD",
                 "tags":["vip"],"totals":{"total":"4.50"},"customer":{"name":"Ada Example","email":"ada@example.com"},
                 "lines":[{"id":"1","sku":"MUG","quantity":2,"price":"1.50"},{"id":"2","sku":"CUP","quantity":1,"price":"1.50"}]}}"""
                        .formatted(id, id, status, version));
    }

    public static Event event(String json) {
        return EventJson.read(json.getBytes(UTF_8));
    }

    /** @return our id of the order */
    public long receive(Event event, Decided... decisions) {
        return receive(event, Commit.Outcome.APPLIED, decisions);
    }

    /** A fact that is known already arrives once more. */
    public void repeat(Event event) {
        if (commit("shop", event.orderId(), event, Commit.Outcome.APPLIED) != Commit.Result.REPEATED) {
            throw new IllegalStateException("it was not known");
        }
    }

    public long receive(Event event, Commit.Outcome outcome, Decided... decisions) {
        return receive("shop", event.orderId(), event, outcome, decisions);
    }

    /** What a destination tells of an order of the shop. */
    public long receiveFrom(String channel, String orderId, Event event, Decided... decisions) {
        return receive(channel, orderId, event, Commit.Outcome.APPLIED, decisions);
    }

    private long receive(String from, String orderId, Event event, Commit.Outcome outcome, Decided... decisions) {
        Commit.Result result = commit(from, orderId, event, outcome, decisions);
        if (result != Commit.Result.COMMITTED) {
            throw new IllegalStateException("not committed: " + result);
        }
        Known after = ledger.look(List.of(new Wanted("shop", orderId, null))).get(0);
        if (after == null) {
            throw new IllegalStateException("committed, and not to be found");
        }
        return after.id();
    }

    private Commit.Result commit(
            String from, String orderId, Event event, Commit.Outcome outcome, Decided... decisions) {
        long id = store("order", EventJson.write(event));
        Receipts.Claimed claimed = receipts.claim(1, LEASE).get(0);
        if (claimed.id() != id) {
            throw new IllegalStateException("another receipt was due");
        }
        Wanted wanted = new Wanted("shop", orderId, null);
        Known known = ledger.look(List.of(wanted)).get(0);
        boolean applied = outcome == Commit.Outcome.APPLIED;
        Order state = applied && event instanceof OrderChanged changed ? changed.order() : null;
        List<Decided> decided = List.of(decisions).stream()
                .map(d -> event.type() == EventType.ORDER ? d : carrying(d, event.type()))
                .toList();
        return ledger.commit(List.of(new Commit(
                        claimed.id(),
                        claimed.fence(),
                        true,
                        from,
                        known,
                        event,
                        outcome,
                        state,
                        new String(EventJson.write(event), UTF_8),
                        decided)))
                .get(0);
    }

    private static Decided carrying(Decided decided, EventType type) {
        return new Decided(
                decided.channel(),
                decided.verdict(),
                decided.reason(),
                type == EventType.SHIPMENT ? "ship-order" : type == EventType.STATUS ? "set-status" : "cancel-order",
                true,
                decided.manual(),
                decided.reference(),
                decided.overlay(),
                null);
    }

    public boolean push(long order, @Nullable List<String> lines, Decided... decisions) {
        Known known = ledger.look(order);
        if (known == null) {
            throw new IllegalStateException("no order " + order);
        }
        java.util.Map<String, List<String>> chosen = new java.util.HashMap<>();
        if (lines != null) {
            List.of(decisions).forEach(d -> chosen.put(d.channel(), lines));
        }
        return ledger.push(known, List.of(decisions), new Push(chosen, false, "olga"))
                .isPresent();
    }

    public long park(String body, String code, String path, String error) {
        store("order", body.getBytes(UTF_8));
        Receipts.Claimed claimed = receipts.claim(1, LEASE).get(0);
        receipts.park(claimed.id(), claimed.fence(), code, path, error);
        return claimed.id();
    }

    private long store(String topic, byte[] body) {
        String key = java.util.UUID.randomUUID().toString();
        return db.query(
                        """
                        with r as (
                          insert into receipt (id, channel, topic, event_id, body_hash)
                          values (nextval('ledger_id'), 'shop', ?, ?, sha256(?)) returning id, received_at)
                        insert into receipt_body (receipt_id, received_at, headers, body)
                        select id, received_at, '{"content-type":"application/json"}', ? from r returning receipt_id""",
                        row -> row.getLong(1),
                        topic,
                        key,
                        body,
                        body)
                .get(0);
    }

    public List<Claimed> claim(String channel) {
        return deliveries.turn(List.of(), Map.of(channel, new Appetite(100, false)), LEASE);
    }

    public void settle(Claimed claimed, Outcome outcome) {
        settle(claimed, outcome, "{\"body\":{\"operation\":\"" + claimed.operation() + "\"}}", "{\"status\":200}");
    }

    public void settle(Claimed claimed, Outcome outcome, String request, String response) {
        int revision = claimed.isState() ? claimed.revision() : 0;
        deliveries.turn(
                List.of(new Settlement(claimed, outcome, revision, 200, request, response, "hash")), Map.of(), LEASE);
    }

    /** Delivers all that is due to the channel; external ids are the order's number with an S. */
    public void deliver(String channel) {
        for (List<Claimed> due = claim(channel); !due.isEmpty(); due = claim(channel)) {
            due.forEach(c -> settle(
                    c,
                    new Outcome.Delivered(
                            "S" + c.number().replace("#", "-"), "https://" + channel + "/" + c.number())));
        }
    }

    public void fail(String channel, String code, String error) {
        claim(channel).forEach(c -> settle(c, new Outcome.Failed(code, error)));
    }

    public void execute(String sql) {
        db.update(sql);
    }
}
