package io.waybill.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.TestDatabase;
import io.waybill.ledger.Known;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.LedgerError;
import io.waybill.ledger.OrderViews;
import io.waybill.ledger.OrderWhole;
import io.waybill.ledger.PushState;
import io.waybill.ledger.Wanted;
import io.waybill.order.WaybillException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Orders, messages, workers that die, people that push and retry: all by one seed. */
final class ModelWorld {
    private static final int ROUNDS = 14;

    private final Random random;
    private final Map<String, ModelStore> stores = new TreeMap<>();
    private final List<ModelOrder> orders = new ArrayList<>();
    private final ModelNode node;
    private final Ledger ledger;
    private final ManualPush pusher;
    private final OrderViews views;
    private int echoes;

    ModelWorld(TestDatabase database, long seed, int count) {
        this.random = new Random(seed);
        for (String name : List.of("alpha", "beta", "erp", "hand", "shop")) {
            stores.put(
                    name,
                    new ModelStore(name, !name.equals("beta"), name.equals("alpha"), new Random(random.nextLong())));
        }
        for (int i = 0; i < count; i++) {
            String id = Long.toHexString(seed) + "-" + i;
            orders.add(new ModelOrder("shop", id, new Random(random.nextLong())));
            stores.get("shop").home(id);
        }
        ModelRoutes routes = ModelRoutes.shopAndDestinations(stores);
        this.node = new ModelNode(database, routes, stores, random);
        this.ledger = new Ledger(database.dataSource());
        this.pusher = new ManualPush(routes, ledger, new Wake());
        this.views = new OrderViews(database.dataSource());
    }

    void run() {
        node.empty();
        for (int round = 0; round < ROUNDS; round++) {
            orders.forEach(this::happen);
            receive(false);
            node.importSome();
            node.work();
            if (random.nextInt(3) == 0) {
                node.letTimePass();
            }
        }
        stores.values().forEach(ModelStore::heal);
        node.comeToRest(() -> receive(true));
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

    private boolean receive(boolean all) {
        boolean news = false;
        for (ModelOrder order : orders) {
            for (ModelOrder.Message m : order.arrive(all)) {
                news = true;
                node.store(m.channel(), m.eventId(), m.body());
            }
        }
        for (Map.Entry<String, ModelStore> store : stores.entrySet()) {
            for (String body : store.getValue().takeEchoes()) {
                news = true;
                node.store(store.getKey(), "echo-" + store.getKey() + "-" + random.nextLong() + ++echoes, body);
            }
        }
        return news;
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
        assertThat(node.count("select count(*) from receipt where state in ('parked', 'conflict')"))
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
        OrderWhole whole = views.one(known.id());
        return "\nsource: " + order + "\nlines: " + whole.lines() + "\n"
                + whole.timeline().stream().map(Object::toString).collect(Collectors.joining("\n"))
                + whole.deliveries().stream()
                        .map(d -> "\n" + d.id() + " " + d.channel() + " " + d.operation() + " " + d.revision() + " "
                                + d.state() + " " + d.reason() + " " + d.errorCode() + " tries " + d.attempts())
                        .collect(Collectors.joining());
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
                        .as(() -> "line " + line.id + " of " + order.id() + " at " + destination + story(order))
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
}
