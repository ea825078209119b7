package io.waybill.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.TestDatabase;
import io.waybill.ledger.Known;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.OrderViews;
import io.waybill.ledger.OrderWhole;
import io.waybill.ledger.PushState;
import io.waybill.ledger.Wanted;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * Two shops, each source and destination of the other, that echo what they are told: with our reference or without, late,
 * in another order, twice, and mixed into their next own state. Both number their orders alike.
 */
final class MirrorWorld {
    private static final int ROUNDS = 12;

    private record Echo(String channel, String eventId, String body) {}

    private final Random random;
    private final Map<String, ModelStore> stores = new TreeMap<>();
    private final List<ModelOrder> orders = new ArrayList<>();
    private final Map<ModelOrder, Integer> shown = new HashMap<>();
    private final List<Echo> under = new ArrayList<>();
    private final List<Echo> all = new ArrayList<>();
    private final ModelNode node;
    private final Ledger ledger;
    private final OrderViews views;

    MirrorWorld(TestDatabase database, long seed, int count) {
        this.random = new Random(seed);
        boolean leftRepeats = random.nextBoolean();
        stores.put("left", new ModelStore("left", true, leftRepeats, new Random(random.nextLong())));
        stores.put("right", new ModelStore("right", false, !leftRepeats, new Random(random.nextLong())));
        for (int i = 0; i < count; i++) {
            String id = Long.toHexString(seed) + "-" + i / 2;
            String source = i % 2 == 0 ? "left" : "right";
            orders.add(new ModelOrder(source, id, new Random(random.nextLong())));
            stores.get(source).home(id);
        }
        this.node = new ModelNode(database, ModelRoutes.mirrors(stores, leftRepeats), stores, random);
        this.ledger = new Ledger(database.dataSource());
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
        checkThatNothingLoops();
    }

    private static String other(String channel) {
        return channel.equals("left") ? "right" : "left";
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
            case 4, 5 -> copies(order).stream().findFirst().ifPresent(c -> order.ship(other(order.source()), c));
            case 6 -> order.shipItself();
            default -> {}
        }
    }

    /** What the other side made of it. */
    private List<ModelStore.Placed> copies(ModelOrder order) {
        return stores.get(other(order.source())).of(order.id()).stream()
                .filter(placed -> !placed.key.isEmpty())
                .toList();
    }

    private ModelStore.Placed home(ModelOrder order) {
        return stores.get(order.source()).of(order.id()).stream()
                .filter(placed -> placed.key.isEmpty())
                .findFirst()
                .orElseThrow();
    }

    private boolean receive(boolean everything) {
        boolean news = false;
        for (ModelOrder order : orders) {
            showWhatItWasTold(order);
            for (ModelOrder.Message m : order.arrive(everything)) {
                news = true;
                node.store(m.channel(), m.channel() + m.eventId(), m.body());
            }
        }
        stores.forEach((name, store) -> store.takeEchoes().forEach(body -> echo(name, body)));
        return arrive(everything) || news;
    }

    private void showWhatItWasTold(ModelOrder order) {
        int told = home(order).facts.size();
        if (told > shown.getOrDefault(order, 0)) {
            shown.put(order, told);
            order.showWhatItWasTold();
        }
    }

    private boolean arrive(boolean everything) {
        boolean news = false;
        Collections.shuffle(under, random);
        for (Echo echo : List.copyOf(under)) {
            if (everything || random.nextBoolean()) {
                news = true;
                node.store(echo.channel(), echo.eventId(), echo.body());
                under.remove(echo);
            }
        }
        return news;
    }

    private void echo(String channel, String body) {
        for (int times = random.nextInt(4) == 0 ? 2 : 1; times > 0; times--) {
            Echo echo = new Echo(channel, "echo-" + all.size(), body);
            under.add(echo);
            all.add(echo);
        }
    }

    // What must hold ---------------------------------------------------------------------------------------------

    private void check(ModelOrder order) {
        Known known = ledger.look(List.of(new Wanted(order.source(), order.id(), null)))
                .get(0);
        assertThat(known).as(order.id()).isNotNull();
        assertThat(known.channel()).as("its source").isEqualTo(order.source());
        assertThat(copies(order))
                .as("each order once at the other side, " + order.id())
                .hasSizeLessThanOrEqualTo(1);
        OrderWhole whole = views.one(known.id());
        if (!order.isCancelled()) {
            assertThat(copies(order)).as(order.id()).hasSize(1);
            assertThat(whole.row().push()).as(order.id()).isEqualTo(PushState.PUSHED);
        }
        checkParcels(order);
        assertThat(sent(known.id()))
                .as("no message became two deliveries, " + order.id())
                .isLessThanOrEqualTo(order.told());
    }

    /** Looks for a twin after a doubtful create are none of it. */
    private long sent(long order) {
        return node.count("select count(*) from delivery where state <> 'withheld' and operation <> 'find-order'"
                + " and order_id = " + order);
    }

    /** A parcel is known to whoever told of it, and told to the other side once. */
    private void checkParcels(ModelOrder order) {
        List<String> atHome = trackings(List.of(home(order)));
        List<String> there = trackings(copies(order));
        assertThat(atHome).doesNotHaveDuplicates().allMatch(t -> t.startsWith(other(order.source())));
        assertThat(there).doesNotHaveDuplicates().allMatch(t -> t.startsWith(order.source()));
        Set<String> told = new HashSet<>(order.shipments().keySet());
        told.removeIf(t -> t.startsWith(order.source()));
        assertThat(atHome).as("parcels of the other side, " + order.id()).hasSameElementsAs(told);
    }

    private static List<String> trackings(List<ModelStore.Placed> placed) {
        return placed.stream()
                .flatMap(p -> p.facts.stream())
                .filter(f -> f.path("type").asText().equals("shipment"))
                .map(f -> f.path("trackingNumber").asText())
                .toList();
    }

    /** All that was ever echoed is said once more. */
    private void checkThatNothingLoops() {
        assertThat(node.count("select count(*) from orders"))
                .as("no echo became an order")
                .isEqualTo(orders.size());
        long deliveries = node.count("select count(*) from delivery");
        List.copyOf(all).forEach(echo -> node.store(echo.channel(), "again-" + echo.eventId(), echo.body()));
        node.comeToRest(() -> receive(true));
        assertThat(node.count("select count(*) from delivery"))
                .as("what is said once more goes nowhere")
                .isEqualTo(deliveries);
        assertThat(node.count("select count(*) from orders")).isEqualTo(orders.size());
        assertThat(node.count("select count(*) from receipt where state in ('parked', 'conflict')"))
                .isZero();
    }
}
