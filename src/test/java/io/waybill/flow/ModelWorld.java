package io.waybill.flow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.TestDatabase;
import io.waybill.ledger.Claimed;
import io.waybill.ledger.Deliveries;
import io.waybill.ledger.Deliveries.Appetite;
import io.waybill.ledger.DeliveryFilter;
import io.waybill.ledger.DeliveryRow;
import io.waybill.ledger.DeliveryState;
import io.waybill.ledger.DeliveryViews;
import io.waybill.ledger.Documents;
import io.waybill.ledger.Known;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.LedgerError;
import io.waybill.ledger.ManualRetries;
import io.waybill.ledger.OrderViews;
import io.waybill.ledger.OrderWhole;
import io.waybill.ledger.PushState;
import io.waybill.ledger.Receipts;
import io.waybill.ledger.Settlement;
import io.waybill.ledger.Statuses;
import io.waybill.ledger.Wanted;
import io.waybill.order.WaybillException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Orders, messages, workers that die, people that push and retry: all by one seed. */
final class ModelWorld {
    private static final int ROUNDS = 14;
    private static final int MOST_TURNS = 400;
    private static final Duration LEASE = Duration.ofSeconds(60);

    private final TestDatabase database;
    private final Random random;
    private final Map<String, ModelStore> stores = new TreeMap<>();
    private final List<ModelOrder> orders = new ArrayList<>();
    private final List<Settlement> late = new ArrayList<>();
    private final Ledger ledger;
    private final Receipts receipts;
    private final Deliveries deliveries;
    private final Importer importer;
    private final Courier courier;
    private final ManualPush pusher;
    private final ChannelGates gates;
    private final OrderViews views;
    private final DeliveryViews deliveryViews;
    private final ManualRetries retries;
    private final ModelRoutes routes;
    private int echoes;

    ModelWorld(TestDatabase database, long seed, int count) {
        this.database = database;
        this.random = new Random(seed);
        for (String name : List.of("alpha", "beta", "erp", "hand", "shop")) {
            stores.put(name, new ModelStore(name, !name.equals("beta"), new Random(random.nextLong())));
        }
        for (int i = 0; i < count; i++) {
            String id = Long.toHexString(seed) + "-" + i;
            orders.add(new ModelOrder(id, new Random(random.nextLong())));
            stores.get("shop").home(id);
        }
        this.routes = new ModelRoutes(stores);
        this.ledger = new Ledger(database.dataSource());
        this.receipts = new Receipts(database.dataSource(), "model");
        this.deliveries = new Deliveries(database.dataSource(), "model");
        this.gates = new ChannelGates(Duration.ofMillis(1), Duration.ofMillis(1), FlowListener.NOBODY);
        this.courier = new Courier(
                routes,
                deliveries,
                gates,
                new RetrySchedule(Collections.nCopies(200, Duration.ZERO)),
                new Statuses(database.dataSource()));
        this.importer = new Importer(
                routes,
                receipts,
                ledger,
                new Reading(routes),
                new LabelSources(new Documents(database.dataSource())),
                new Wake(),
                FlowListener.NOBODY,
                Traces.OFF);
        this.pusher = new ManualPush(routes, ledger, new Wake());
        this.views = new OrderViews(database.dataSource());
        this.deliveryViews = new DeliveryViews(database.dataSource());
        this.retries = new ManualRetries(database.dataSource());
    }

    void run() {
        update("truncate receipt, receipt_body, event, orders, lane, delivery, attempt, quantity, audit, status_told");
        for (int round = 0; round < ROUNDS; round++) {
            orders.forEach(this::happen);
            receive(false);
            importer.round();
            work();
            if (random.nextInt(3) == 0) {
                letTimePass();
            }
        }
        comeToRest();
        orders.forEach(this::check);
    }

    private void happen(ModelOrder order) {
        switch (random.nextInt(12)) {
            case 0, 1 -> order.edit();
            case 2 -> order.cancelSome();
            case 3 -> {
                if (random.nextInt(6) == 0) {
                    order.cancelAll();
                }
            }
            case 4, 5 -> ship(order, random.nextBoolean() ? "alpha" : "beta");
            case 6, 7, 8 -> push(order);
            default -> {}
        }
    }

    private void ship(ModelOrder order, String supplier) {
        stores.get(supplier).of(order.id()).stream().findFirst().ifPresent(placed -> order.ship(supplier, placed));
    }

    private void push(ModelOrder order) {
        Known known = ledger.look(List.of(new Wanted("shop", order.id(), null))).get(0);
        if (known == null) {
            return;
        }
        List<String> lines = random.nextBoolean()
                ? List.of()
                : known.newest().lines().stream()
                        .map(l -> l.id())
                        .filter(l -> random.nextBoolean())
                        .toList();
        try {
            pusher.push(known.id(), List.of(random.nextInt(3) == 0 ? "alpha" : "hand"), lines, false, "olga");
        } catch (WaybillException e) {
            assertThat(e.code()).isIn(FlowError.NOTHING_TO_PUSH, LedgerError.WRONG_STATE_CANCELLED);
        }
    }

    private void receive(boolean all) {
        for (ModelOrder order : orders) {
            order.arrive(all).forEach(m -> store(m.channel(), m.eventId(), m.body()));
        }
        stores.forEach((name, store) -> store.takeEchoes()
                .forEach(body -> store(name, "echo-" + name + "-" + random.nextLong() + ++echoes, body)));
    }

    /** As the route receive-store does: the same key twice is one receipt. */
    private void store(String channel, String eventId, String body) {
        update(
                """
                with r as (
                  insert into receipt (id, channel, topic, event_id, body_hash)
                  values (nextval('ledger_id'), ?, 'order', ?, sha256(?)) on conflict do nothing returning id, received_at)
                insert into receipt_body (receipt_id, received_at, headers, body) select id, received_at, '{}', ? from r""",
                channel,
                eventId,
                body.getBytes(UTF_8),
                body.getBytes(UTF_8));
    }

    /** One turn of the workers. Some die before they send, some after; some of those tell their outcome much later. */
    private void work() {
        List<Settlement> finished = new ArrayList<>();
        for (Claimed claimed : deliveries.turn(List.of(), appetites(), LEASE)) {
            int fate = random.nextInt(20);
            Settlement settlement = fate == 0 ? null : deliver(claimed);
            if (settlement != null && fate == 1) {
                late.add(settlement);
            } else if (settlement != null && fate != 2) {
                finished.add(settlement);
            }
        }
        deliveries.turn(finished, Map.of(), LEASE);
    }

    private Settlement deliver(Claimed claimed) {
        gates.close(claimed.channel());
        return courier.deliver(claimed);
    }

    private Map<String, Appetite> appetites() {
        Map<String, Appetite> appetites = new HashMap<>();
        routes.bundle()
                .channels()
                .forEach((name, channel) -> appetites.put(name, new Appetite(200, Courier.marksLate(channel))));
        return appetites;
    }

    /** Leases run out, waits are over, and dead workers speak up: too late. */
    private void letTimePass() {
        update("update lane set leased_until = now() where leased_until is not null");
        update("update delivery set due_at = now() where state = 'waiting' and due_at > now()");
        update("update lane set due_at = (select due_at from lane_due(id)) where due_at is not null");
        update("update receipt set due_at = now(), leased_until = null where due_at is not null");
        List<Claimed> taken = deliveries.turn(List.of(), appetites(), LEASE);
        deliveries.turn(List.copyOf(late), Map.of(), LEASE);
        late.clear();
        deliveries.turn(
                taken.stream()
                        .map(this::deliver)
                        .filter(java.util.Objects::nonNull)
                        .toList(),
                Map.of(),
                LEASE);
    }

    private void comeToRest() {
        stores.values().forEach(ModelStore::heal);
        receive(true);
        for (int turn = 0; turn < MOST_TURNS; turn++) {
            receive(true);
            importer.round();
            letTimePass();
            int retried =
                    retries.deliveries(state(DeliveryState.FAILED), "olga").requeued() + lookAtUnknownOnes();
            if (retried == 0 && isAtRest()) {
                return;
            }
        }
        throw new AssertionError("never comes to rest: " + states());
    }

    private String states() {
        String receiptsWaiting = "receipts " + count("select count(*) from receipt where state = 'waiting'")
                + ", lanes " + count("select count(*) from lane where due_at is not null") + ": ";
        receiptsWaiting += views(
                        "select string_agg(r.channel || ' ' || r.error_code || ' ' || coalesce(r.error,'') || convert_from(b.body, 'UTF8'), ' ; ') from receipt r join receipt_body b on b.receipt_id = r.id where state = 'waiting'")
                + views(
                        "select string_agg(d::text, ' ; ') from delivery d where state in ('waiting', 'unknown') and operation = 'create-order' and (sending_since is not null or ambiguous_at is not null or state = 'unknown')");
        return receiptsWaiting
                + Stream.of(DeliveryState.WAITING, DeliveryState.FAILED, DeliveryState.UNKNOWN)
                        .flatMap(s -> deliveryViews.list(state(s), null, 3).items().stream())
                        .toList()
                        .toString();
    }

    private static DeliveryFilter state(DeliveryState state) {
        return new DeliveryFilter(state, null, null, null, null, null);
    }

    /** A person looks whether it is there, and sends it again if not. */
    private int lookAtUnknownOnes() {
        int retried = 0;
        for (DeliveryRow row :
                deliveryViews.list(state(DeliveryState.UNKNOWN), null, 200).items()) {
            String externalId = row.externalId();
            JsonNode sent = deliveryViews.one(row.id()).mapped();
            boolean there = orders.stream()
                    .flatMap(o -> stores.get(row.channel()).of(o.id()).stream())
                    .filter(p -> p.id.equals(externalId))
                    .flatMap(p -> p.facts.stream())
                    .anyMatch(f -> f.path("id").equals(sent.path("id")));
            if (!there) {
                retries.delivery(row.id(), "olga");
                retried++;
            }
        }
        return retried;
    }

    private boolean isAtRest() {
        return count("select count(*) from receipt where state = 'waiting'") == 0
                && count("select count(*) from lane where due_at is not null") == 0;
    }

    // What must hold ---------------------------------------------------------------------------------------------

    private void check(ModelOrder order) {
        Known known = ledger.look(List.of(new Wanted("shop", order.id(), null))).get(0);
        assertThat(known).as(order.id()).isNotNull();
        assertThat(known.newest().version()).as("P3 " + order.id()).isEqualTo(String.valueOf(order.version()));
        OrderWhole whole = views.one(known.id());
        ModelRoutes.DESTINATIONS.forEach(destination -> checkAt(order, destination));
        checkQuantities(order, whole);
        checkShipments(order);
        assertThat(count("select count(*) from receipt where state in ('parked', 'conflict')"))
                .as("P1")
                .isZero();
    }

    private void checkAt(ModelOrder order, String destination) {
        List<ModelStore.Placed> placed = stores.get(destination).of(order.id());
        assertThat(placed.stream().map(p -> p.reference).distinct().count())
                .as("P2: one order a part, " + order.id() + " at " + destination)
                .isEqualTo(placed.size());
        assertThat(placed.stream().flatMap(p -> p.lines.keySet().stream()))
                .as("a line is in one part only, " + order.id() + " at " + destination)
                .doesNotHaveDuplicates();
        for (ModelStore.Placed one : placed) {
            // To say twice that all is cancelled does no harm where no keys are kept.
            assertThat(one.facts.stream()
                            .filter(f -> !destination.equals("beta")
                                    || f.path("lines").size() > 0)
                            .map(f -> f.path("type").asText() + f.path("id") + f.path("trackingNumber")))
                    .as("P7: every fact once, " + order.id() + " at " + destination)
                    .doesNotHaveDuplicates();
            if (!destination.equals("alpha") && !order.isCancelled()) {
                assertThat(one.version)
                        .as("P3: " + order.id() + " at " + destination + story(order))
                        .isEqualTo(order.version());
            }
        }
    }

    private String story(ModelOrder order) {
        Known known = ledger.look(List.of(new Wanted("shop", order.id(), null))).get(0);
        return views.one(known.id()).deliveries().stream()
                        .map(d -> "\n" + d.channel() + " " + d.operation() + " " + d.revision() + " " + d.state() + " "
                                + d.reason() + " " + d.errorCode())
                        .toList()
                + "";
    }

    /** The ledger, and the push state computed from it, against what the stores hold and the source wants. */
    private void checkQuantities(ModelOrder order, OrderWhole whole) {
        boolean delivered = false;
        boolean missing = false;
        for (String destination : ModelRoutes.DESTINATIONS) {
            Map<String, Integer> there = new TreeMap<>();
            stores.get(destination).of(order.id()).forEach(p -> there.putAll(p.lines));
            delivered |= !stores.get(destination).of(order.id()).isEmpty();
            for (ModelOrder.Line line : order.lines()) {
                int wanted = order.isCancelled() || !order.isWanted(destination, line) ? 0 : line.left();
                int pushed = there.getOrDefault(line.id, 0);
                missing |= pushed < wanted;
                OrderWhole.Quantity quantity = quantity(whole, line.id, destination);
                assertThat(List.of(quantity.wanted(), quantity.pushed()))
                        .as("line " + line.id + " of " + order.id() + " at " + destination)
                        .isEqualTo(List.of(wanted, pushed));
            }
        }
        PushState expected = order.isCancelled()
                ? PushState.CANCELLED
                : !delivered ? PushState.NOT_PUSHED : missing ? PushState.PARTIALLY_PUSHED : PushState.PUSHED;
        assertThat(whole.row().push()).as("push state of " + order.id()).isEqualTo(expected);
    }

    private static OrderWhole.Quantity quantity(OrderWhole whole, String line, String destination) {
        return whole.lines().stream()
                .filter(l -> l.id().equals(line))
                .map(l -> l.destinations().get(destination))
                .flatMap(Stream::ofNullable)
                .findFirst()
                .orElse(new OrderWhole.Quantity(PushState.NOT_PUSHED, 0, 0, 0, 0, 0, null));
    }

    private void checkShipments(ModelOrder order) {
        List<String> told = stores.get("shop").of(order.id()).get(0).facts.stream()
                .filter(f -> f.path("type").asText().equals("shipment"))
                .map(f -> f.path("trackingNumber").asText())
                .toList();
        assertThat(told)
                .as("P7: each parcel reaches the shop once, " + order.id())
                .containsExactlyInAnyOrderElementsOf(order.shipments().keySet());
    }

    private void update(String sql, Object... parameters) {
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            statement.execute();
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private String views(String sql) {
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement statement = connection.prepareStatement(sql);
                java.sql.ResultSet rows = statement.executeQuery()) {
            rows.next();
            return rows.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private long count(String sql) {
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement statement = connection.prepareStatement(sql);
                java.sql.ResultSet rows = statement.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }
}
