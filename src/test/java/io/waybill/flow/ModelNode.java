package io.waybill.flow;

import static java.nio.charset.StandardCharsets.UTF_8;

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
import io.waybill.ledger.Ledger;
import io.waybill.ledger.ManualRetries;
import io.waybill.ledger.Receipts;
import io.waybill.ledger.Settlement;
import io.waybill.ledger.Statuses;
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
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A server of the models: importer and couriers on a real ledger, turn by turn, where time passes when it is told to. */
final class ModelNode {
    private static final int MOST_TURNS = 400;
    private static final Duration LEASE = Duration.ofSeconds(60);

    private final TestDatabase database;
    private final Routes routes;
    private final Map<String, ModelStore> stores;
    private final Random random;
    private final List<Settlement> late = new ArrayList<>();
    private final Deliveries deliveries;
    private final Importer importer;
    private final Courier courier;
    private final ChannelGates gates;
    private final DeliveryViews deliveryViews;
    private final ManualRetries retries;

    ModelNode(TestDatabase database, Routes routes, Map<String, ModelStore> stores, Random random) {
        this.database = database;
        this.routes = routes;
        this.stores = stores;
        this.random = random;
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
                new Receipts(database.dataSource(), "model"),
                new Ledger(database.dataSource()),
                new Reading(routes),
                new LabelSources(new Documents(database.dataSource())),
                new Wake(),
                FlowListener.NOBODY,
                Traces.OFF);
        this.deliveryViews = new DeliveryViews(database.dataSource());
        this.retries = new ManualRetries(database.dataSource());
    }

    void empty() {
        update("truncate receipt, receipt_body, event, orders, lane, delivery, attempt, quantity, audit, status_told");
    }

    /** As the route receive-store does: the same key twice is one receipt. */
    void store(String channel, String eventId, String body) {
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

    void importSome() {
        importer.round();
    }

    /** One turn of the workers. Some die before they send, some after; some of those tell their outcome much later. */
    void work() {
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
    void letTimePass() {
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

    /**
     * Until nothing is left to do; people retry what failed, and look where the outcome is not known.
     *
     * @param receive brings in what is under way; true when there was any
     */
    void comeToRest(BooleanSupplier receive) {
        int retried = 1;
        for (int turn = 0; turn < MOST_TURNS; turn++) {
            if (!receive.getAsBoolean() && retried == 0 && isAtRest()) {
                return;
            }
            importer.round();
            letTimePass();
            retried = retries.deliveries(state(DeliveryState.FAILED), "olga").requeued() + lookAtUnknownOnes();
        }
        throw new AssertionError("never comes to rest: " + leftOver());
    }

    private String leftOver() {
        return Stream.of(DeliveryState.WAITING, DeliveryState.FAILED, DeliveryState.UNKNOWN)
                .flatMap(s -> deliveryViews.list(state(s), null, 3).items().stream())
                .map(DeliveryRow::toString)
                .collect(Collectors.joining(
                        "\n", count("select count(*) from receipt where state = 'waiting'") + " receipts\n", ""));
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
            if (externalId == null || !stores.get(row.channel()).knows(externalId, sent)) {
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

    long count(String sql) {
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
