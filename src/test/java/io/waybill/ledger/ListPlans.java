package io.waybill.ledger;

import io.waybill.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * Every list that people page through, with every filter, read along an index. A list that is added is added to {@link
 * #lists()}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ListPlans {
    private static final int PAGE = 50;
    private static final Duration KEPT = Duration.ofDays(90);

    private final TestDatabase database = TestDatabase.fresh();
    private final WatchedPlans plans = new WatchedPlans(database.dataSource());
    private final OrderViews orders = new OrderViews(plans.dataSource());
    private final DeliveryViews deliveries = new DeliveryViews(plans.dataSource());
    private final ReceiptViews receipts = new ReceiptViews(plans.dataSource());
    private final Runs runs = new Runs(plans.dataSource(), "node-1");
    private final AuditLog audit = new AuditLog(plans.dataSource());
    private final SyncLog syncLog = new SyncLog(plans.dataSource());
    private final IssueViews issues = new IssueViews(plans.dataSource());
    private final Redaction redaction = new Redaction(
            plans.dataSource(),
            Clock.systemUTC(),
            new Ages(KEPT, KEPT, KEPT, KEPT, Duration.ofDays(30), Duration.ofDays(180)));
    private final List<String> costs = new ArrayList<>();

    /** @param run reads one page, or whatever takes the place of a page */
    record Listed(String name, Callable<?> run) {}

    /** How many orders the ledger holds. */
    abstract int count();

    /** Told of each list once it was found to be indexed; for those that measure. */
    void measure(Listed list, WatchedPlans watched) {}

    final void measureAll() {
        lists().forEach(list -> measure(list, plans));
    }

    @BeforeAll
    void manyOrders() {
        ManyOrders.fill(database.dataSource(), count());
    }

    @AfterAll
    void tell() {
        costs.forEach(System.out::println);
    }

    final void tell(String line) {
        costs.add(line);
    }

    @TestFactory
    Stream<DynamicTest> readsAlongAnIndex() {
        return lists().map(list -> DynamicTest.dynamicTest(list.name(), () -> {
            plans.assertIndexed(list.run());
            measure(list, plans);
        }));
    }

    Stream<Listed> lists() {
        return Stream.of(articles(), orders(), deliveries(), receipts(), runs(), audit(), syncLog(), issues())
                .flatMap(s -> s);
    }

    private Stream<Listed> articles() {
        Products products = new Products(plans.dataSource());
        Stocks stocks = new Stocks(plans.dataSource());
        return Stream.of(
                new Listed("products", () -> products.list(null, null, null, PAGE)),
                new Listed("products of a channel", () -> products.list("shop-7", null, null, PAGE)),
                new Listed("products by SKU", () -> products.list(null, "MUG-1", null, PAGE)),
                new Listed("stock", () -> stocks.list(null, null, null, PAGE)),
                new Listed("stock of a channel", () -> stocks.list("shop-7", null, null, PAGE)),
                new Listed("stock by SKU", () -> stocks.list(null, "MUG-1", null, PAGE)));
    }

    private Stream<Listed> orders() {
        Instant day = Instant.now().minus(Duration.ofDays(1));
        Stream<Listed> plain = Stream.of(
                listed("orders", filter(null, null, null, null, null, null, null, null)),
                listed("orders of a channel", filter(null, null, "store", null, null, null, null, null)),
                listed("orders of a quiet channel", filter(null, null, "rare", null, null, null, null, null)),
                listed(
                        "orders to quiet destinations",
                        filter(null, null, null, List.of("rare"), null, null, null, null)),
                listed("orders to destinations", filter(null, null, null, List.of("store"), null, null, null, null)),
                listed("orders by number", filter(null, null, null, null, "4711", null, null, null)),
                listed("orders by tag", filter(null, null, null, null, null, "t7", null, null)),
                listed("orders by text", filter(null, null, null, null, null, null, "#47", null)),
                listed("orders of a day", filter(null, null, null, null, null, null, null, day)),
                listed(
                        "orders by all",
                        filter(PushState.NOT_PUSHED, SyncState.FAILED, "store", null, null, null, null, day)));
        Stream<Listed> push = Stream.of(PushState.values())
                .map(state -> listed("orders " + state, filter(state, null, null, null, null, null, null, null)));
        Stream<Listed> sync = Stream.of(SyncState.values())
                .flatMap(state -> Stream.of(
                        listed("orders " + state, filter(null, state, null, null, null, null, null, null)),
                        listed(
                                "orders " + state + " at a quiet channel",
                                filter(null, state, "rare", null, null, null, null, null)),
                        listed(
                                "orders " + state + " there",
                                filter(null, state, "store", null, null, null, null, null))));
        return Stream.of(plain, push, sync).flatMap(s -> s);
    }

    private Listed listed(String name, OrderFilter filter) {
        return new Listed(name, () -> orders.list(filter, null, PAGE));
    }

    private Stream<Listed> deliveries() {
        Stream<Listed> plain = Stream.of(
                listed("deliveries", DeliveryFilter.ALL),
                listed("deliveries of a channel", new DeliveryFilter(null, null, "store", null, null, null)),
                listed("deliveries of a quiet channel", new DeliveryFilter(null, null, "rare", null, null, null)),
                listed("deliveries of an order", new DeliveryFilter(null, null, null, null, 7L, null)),
                listed("deliveries by code", new DeliveryFilter(null, null, null, null, null, "refused")),
                listed("deliveries blocked", new DeliveryFilter(null, "blocked", "store", null, null, null)));
        Stream<Listed> states = Stream.of(DeliveryState.values())
                .flatMap(state -> Stream.of(
                        listed("deliveries " + state, new DeliveryFilter(state, null, null, null, null, null)),
                        listed(
                                "deliveries " + state + " there",
                                new DeliveryFilter(state, null, "store", null, null, null)),
                        listed(
                                "deliveries " + state + " by operation and code",
                                new DeliveryFilter(state, null, null, "create-order", null, "refused"))));
        return Stream.concat(plain, states);
    }

    private Listed listed(String name, DeliveryFilter filter) {
        return new Listed(name, () -> deliveries.list(filter, null, PAGE));
    }

    private Stream<Listed> receipts() {
        Stream<Listed> all = Stream.of(
                new Listed("receipts", () -> receipts.list(null, null, null, PAGE)),
                new Listed("receipts of a channel", () -> receipts.list(null, "shop", null, PAGE)));
        Stream<Listed> states = Stream.of(ReceiptViews.State.values())
                .map(state -> new Listed("receipts " + state, () -> receipts.list(state, null, null, PAGE)));
        return Stream.concat(all, states);
    }

    private Stream<Listed> runs() {
        return Stream.of(
                new Listed("runs", () -> runs.list(null, null, PAGE, Long.MAX_VALUE)),
                new Listed("runs of a channel", () -> runs.list("rare", null, PAGE, Long.MAX_VALUE)),
                new Listed("runs of a task", () -> runs.list("shop", "write-inventory", PAGE, Long.MAX_VALUE)));
    }

    private Stream<Listed> audit() {
        Instant day = Instant.now().minus(Duration.ofDays(1));
        return Stream.of(
                new Listed("audit", () -> audit.list(null, null, null, null, null, null, PAGE)),
                new Listed("audit of an order", () -> audit.list(10L, null, null, null, null, null, PAGE)),
                new Listed("audit by who", () -> audit.list(null, "vera", null, null, null, null, PAGE)),
                new Listed("audit by action", () -> audit.list(null, null, "retry", null, null, null, PAGE)),
                new Listed(
                        "audit of a day",
                        () -> audit.list(null, null, null, day.minusSeconds(86_400), day, null, PAGE)));
    }

    private Stream<Listed> issues() {
        DeliveryFilter held = new DeliveryFilter(null, null, null, null, null, null, "0123456789abcdef");
        return Stream.of(
                new Listed("issues", () -> issues.list(null, null)),
                new Listed("issues resolved", () -> issues.list(IssueState.RESOLVED, null)),
                new Listed("issues of a channel", () -> issues.list(null, "store")),
                listed("deliveries of an issue", held),
                new Listed("orders to redact", () -> redaction.run(() -> false)));
    }

    private Stream<Listed> syncLog() {
        Instant day = Instant.now().minus(Duration.ofDays(1));
        Stream<Listed> plain = Stream.of(
                listed("sync log", SyncFilter.ALL),
                listed("sync log of a day", new SyncFilter(day.minusSeconds(86_400), day, null, null, null, null)),
                listed("sync log by number", new SyncFilter(null, null, "4711", null, null, null)),
                listed("sync log of a channel", new SyncFilter(null, null, null, "store", null, null)),
                listed("sync log of a quiet channel", new SyncFilter(null, null, null, "rare", null, null)),
                listed("sync log of a task", new SyncFilter(null, null, null, null, "write-inventory", null)),
                listed("sync log of a rare operation", new SyncFilter(null, null, null, null, "refund-order", null)));
        Stream<Listed> states = Stream.of(SyncStatus.values())
                .flatMap(status -> Stream.of(
                        listed("sync log " + status, new SyncFilter(null, null, null, null, null, status)),
                        listed(
                                "sync log " + status + " there",
                                new SyncFilter(null, null, null, "store", null, status))));
        return Stream.concat(plain, states);
    }

    private Listed listed(String name, SyncFilter filter) {
        return new Listed(name, () -> syncLog.list(filter, null, PAGE));
    }

    private static OrderFilter filter(
            @Nullable PushState push,
            @Nullable SyncState sync,
            @Nullable String channel,
            @Nullable List<String> destinations,
            @Nullable String number,
            @Nullable String tag,
            @Nullable String q,
            @Nullable Instant from) {
        return new OrderFilter(
                push, sync, channel, destinations, number, tag, q, from, null, List.of("shop", "store", "erp"));
    }
}
