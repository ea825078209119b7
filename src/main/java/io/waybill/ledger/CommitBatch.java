package io.waybill.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.waybill.ledger.Commit.Outcome;
import io.waybill.ledger.Commit.Result;
import io.waybill.order.EventJson;
import io.waybill.order.Order;
import io.waybill.order.OrderCancelled;
import io.waybill.order.OrderChanged;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Up to 64 commits as one transaction of a handful of multi-row statements. */
final class CommitBatch {
    private final Db.Session session;
    private final List<Commit> commits;
    private final Result[] results;
    private final List<Entry> entries = new ArrayList<>();

    CommitBatch(Db.Session session, List<Commit> commits) {
        this.session = session;
        this.commits = commits;
        this.results = new Result[commits.size()];
    }

    /** A commit that still holds its lease, with the ids it is given. */
    private static final class Entry {
        private final int index;
        private final Commit commit;
        private long orderId;
        private long eventId;
        /** It was cancelled line by line, and now there may be more of it. */
        private boolean grewAgain;

        private Entry(int index, Commit commit) {
            this.index = index;
            this.commit = commit;
        }

        private long knownId() {
            Known known = commit.known();
            return known == null ? 0 : known.id();
        }

        private boolean isNewOrder() {
            return commit.known() == null;
        }

        private boolean changesState() {
            return commit.state() != null && commit.outcome() == Outcome.APPLIED;
        }

        private int revision() {
            Known known = commit.known();
            return known == null ? 1 : known.revision() + 1;
        }

        private String sourceChannel() {
            Known known = commit.known();
            return known == null ? commit.from() : known.channel();
        }

        private String sourceOrderId() {
            Known known = commit.known();
            return known == null ? commit.event().orderId() : known.externalId();
        }

        private boolean cancelsAll() {
            return commit.event() instanceof OrderCancelled cancelled
                    && cancelled.lines().isEmpty();
        }

        private Order newest() {
            Known known = commit.known();
            return changesState() || known == null ? state(this) : known.newest();
        }

        private boolean comesFromSource() {
            return commit.from().equals(sourceChannel());
        }

        /** Whoever pushes by hand speaks for the source's own account. */
        private boolean isTheOwnersWord() {
            return comesFromSource() || isAPersons();
        }

        private boolean isAPersons() {
            return commit.from().equals(HandAct.FROM);
        }

        /** The source said cancelled, and in a newer state says otherwise. What a fact cancelled stays cancelled. */
        private boolean reopens() {
            Known known = commit.known();
            return known != null
                    && changesState()
                    && known.cancelled()
                    && known.newest().isCancelled()
                    && !state(this).isCancelled();
        }

        /** What the order is after this. */
        private boolean cancelled() {
            Known known = commit.known();
            boolean before = known != null && known.cancelled() && !reopens() && !grewAgain;
            return before || changesState() && state(this).isCancelled() || cancelsAll() && isTheOwnersWord();
        }

        private boolean movesQuantities() {
            return commit.outcome() == Outcome.APPLIED
                    && switch (commit.event().type()) {
                        case CANCELLATION, SHIPMENT, RETURN -> true;
                        case ORDER, LABEL, STATUS, TAGS -> false;
                    };
        }
    }

    List<Result> run() throws SQLException {
        holdReceipts();
        lockOrders();
        dropStale();
        dropKnownFacts();
        if (!entries.isEmpty()) {
            giveIds();
            findGrown();
            writeOrders();
            writeEvents();
            new LaneWriter(session).write(entries.stream().map(this::laneWork).toList());
            keepQuantities();
            wakeWaitingFacts();
        }
        return List.of(results);
    }

    /** Whoever lost the lease stops here; the row locks keep the others' leases until the end. */
    private void holdReceipts() throws SQLException {
        Set<Long> held = new HashSet<>(session.query(
                """
                update receipt r
                set state = case when x.closes then 'imported' else r.state end,
                    due_at = case when x.closes then null else r.due_at end,
                    leased_until = case when x.closes then null else r.leased_until end,
                    waits_for = null, error_code = null, error = null, error_path = null
                from (select id, fence, bool_or(closes) as closes from unnest(?, ?, ?) as given (id, fence, closes)
                      group by id, fence) x
                where r.id = x.id and r.fence = x.fence
                returning r.id""",
                row -> row.getLong(1),
                commits.stream().map(Commit::receiptId).toArray(Long[]::new),
                commits.stream().map(Commit::receiptFence).toArray(Integer[]::new),
                commits.stream().map(Commit::closesReceipt).toArray(Boolean[]::new)));
        for (int i = 0; i < commits.size(); i++) {
            if (held.contains(commits.get(i).receiptId()) || commits.get(i).isByHand()) {
                entries.add(new Entry(i, commits.get(i)));
            } else {
                results[i] = Result.LEASE_LOST;
            }
        }
    }

    private void lockOrders() throws SQLException {
        Long[] locks = entries.stream()
                .map(e -> lock(e.sourceChannel(), e.sourceOrderId()))
                .distinct()
                .sorted()
                .toArray(Long[]::new);
        session.query("select pg_advisory_xact_lock(k) from unnest(?) as k", row -> 1, (Object) locks);
    }

    static long lock(String channel, String orderId) {
        // Collisions only make two orders wait for each other.
        return (long) channel.hashCode() << 32 ^ Integer.toUnsignedLong(orderId.hashCode());
    }

    private void dropStale() throws SQLException {
        Map<String, Integer> changes = new HashMap<>();
        session.query(
                """
                select o.channel, o.external_id, o.changes from orders o
                join unnest(?, ?) as x (channel, external_id) on o.channel = x.channel and o.external_id = x.external_id
                order by o.id for no key update of o""",
                row -> changes.put(row.getString(1) + '\0' + row.getString(2), row.getInt(3)),
                entries.stream().map(Entry::sourceChannel).toArray(String[]::new),
                entries.stream().map(Entry::sourceOrderId).toArray(String[]::new));
        for (Entry entry : List.copyOf(entries)) {
            @Nullable Integer now = changes.get(entry.sourceChannel() + '\0' + entry.sourceOrderId());
            Known known = entry.commit.known();
            @Nullable Integer then = known == null ? null : Integer.valueOf(known.changes());
            if (!java.util.Objects.equals(now, then)) {
                drop(entry, Result.STALE_DECISION);
            }
        }
        reopenDropped();
    }

    private void dropKnownFacts() throws SQLException {
        List<Entry> facts = entries.stream()
                .filter(e -> e.commit.event().id() != null && e.commit.known() != null)
                .toList();
        if (facts.isEmpty()) {
            return;
        }
        Set<String> seen = new HashSet<>(session.query(
                """
                select e.order_id || ' ' || e.type || ' ' || e.channel || ' ' || e.event_key from event e
                join unnest(?, ?, ?, ?) as x (order_id, type, channel, event_key)
                  on e.order_id = x.order_id and e.type = x.type and e.channel = x.channel and e.event_key = x.event_key""",
                row -> row.getString(1),
                facts.stream().map(Entry::knownId).toArray(Long[]::new),
                facts.stream().map(e -> e.commit.event().type().word()).toArray(String[]::new),
                facts.stream().map(e -> e.commit.from()).toArray(String[]::new),
                facts.stream().map(e -> e.commit.event().id()).toArray(String[]::new)));
        List<Entry> repeated = facts.stream()
                .filter(fact -> seen.contains(fact.knownId() + " "
                        + fact.commit.event().type().word() + " " + fact.commit.from() + " "
                        + fact.commit.event().id()))
                .toList();
        repeated.forEach(fact -> drop(fact, Result.REPEATED));
        if (!repeated.isEmpty()) {
            markRepeated(repeated);
        }
    }

    /** No event will say whose they were, and what they hold goes with the order's personal data. */
    private void markRepeated(List<Entry> repeated) throws SQLException {
        session.update(
                """
                with told as (
                  update receipt r set repeats_order = x.order_id from unnest(?, ?) as x (id, order_id) where r.id = x.id
                  returning r.repeats_order)
                update orders set redacted_at = null where id in (select repeats_order from told) and redacted_at is not null""",
                repeated.stream().map(e -> e.commit.receiptId()).toArray(Long[]::new),
                repeated.stream().map(Entry::knownId).toArray(Long[]::new));
    }

    private void drop(Entry entry, Result result) {
        results[entry.index] = result;
        entries.remove(entry);
    }

    /** Stale ones are decided again in a moment, by the same importer: their receipts stay open under its lease. */
    private void reopenDropped() throws SQLException {
        List<Commit> stale = new ArrayList<>();
        for (int i = 0; i < results.length; i++) {
            if (results[i] == Result.STALE_DECISION && !commits.get(i).isByHand()) {
                stale.add(commits.get(i));
            }
        }
        if (!stale.isEmpty()) {
            session.update(
                    "update receipt set state = 'waiting', due_at = now(), leased_until = now() + interval '30 seconds' where id = any(?)",
                    (Object) stale.stream().map(Commit::receiptId).toArray(Long[]::new));
        }
    }

    private void giveIds() throws SQLException {
        long[] ids = session.ids(entries.size() * 2);
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            Known known = entry.commit.known();
            entry.orderId = known == null ? ids[2 * i] : known.id();
            entry.eventId = ids[2 * i + 1];
            results[entry.index] = Result.COMMITTED;
        }
    }

    /** A cancellation of the whole order stands; one that only happened to cover all its lines does not outlive more lines. */
    private void findGrown() throws SQLException {
        List<Entry> candidates = entries.stream()
                .filter(e -> e.changesState() && e.cancelled() && !state(e).isCancelled())
                .toList();
        if (candidates.isEmpty()) {
            return;
        }
        Set<Long> whole = new HashSet<>(session.query(
                """
                select order_id from event where order_id = any(?) and type = 'cancellation' and outcome = 'applied'
                  and coalesce(jsonb_array_length(nullif(payload::jsonb -> 'lines', 'null')), 0) = 0""",
                row -> row.getLong(1),
                (Object) candidates.stream().map(e -> e.orderId).toArray(Long[]::new)));
        candidates.forEach(e -> e.grewAgain = !whole.contains(e.orderId));
    }

    private void writeOrders() throws SQLException {
        insertOrders(entries.stream().filter(Entry::isNewOrder).toList());
        List<Entry> changed = entries.stream()
                .filter(e -> !e.isNewOrder() && e.changesState())
                .toList();
        if (!changed.isEmpty()) {
            updateOrders(changed);
        }
        countChanges();
        rememberVersions();
    }

    private void insertOrders(List<Entry> fresh) throws SQLException {
        if (fresh.isEmpty()) {
            return;
        }
        session.update(
                """
                insert into orders (id, channel, external_id, number, status, currency, total, tags, placed_at, ship_by, url,
                  cancelled, source_version, source_updated, receipt_id, revision, event_id)
                select id, channel, external_id, number, status, currency, total, string_to_array(tags, E'\\x01'), placed_at,
                  ship_by, url, cancelled, source_version, source_updated, receipt_id, 1, event_id
                from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) as x (id, channel, external_id, number, status,
                  currency, total, tags, placed_at, ship_by, url, cancelled, source_version, source_updated, receipt_id, event_id)""",
                columns(fresh, e -> e.orderId, e -> e.commit.from(), e -> state(e).id()));
    }

    private void updateOrders(List<Entry> changed) throws SQLException {
        session.update(
                """
                update orders o set number = x.number, status = x.status, currency = x.currency, total = x.total,
                  tags = string_to_array(x.tags, E'\\x01'), placed_at = x.placed_at, ship_by = x.ship_by, url = x.url,
                  source_version = x.source_version, source_updated = x.source_updated,
                  receipt_id = x.receipt_id, revision = o.revision + 1, event_id = x.event_id, changed_at = now()
                from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) as x (id, channel, external_id, number, status,
                  currency, total, tags, placed_at, ship_by, url, cancelled, source_version, source_updated, receipt_id, event_id)
                where o.id = x.id""",
                columns(changed, e -> e.orderId, Entry::sourceChannel, Entry::sourceOrderId));
    }

    private interface Column<T> {
        T of(Entry entry);
    }

    private static Object[] columns(
            List<Entry> entries, Column<Long> id, Column<String> channel, Column<String> externalId) {
        return new Object[] {
            entries.stream().map(id::of).toArray(Long[]::new),
            entries.stream().map(channel::of).toArray(String[]::new),
            entries.stream().map(externalId::of).toArray(String[]::new),
            entries.stream().map(e -> state(e).displayNumber()).toArray(String[]::new),
            entries.stream().map(e -> state(e).status().word()).toArray(String[]::new),
            entries.stream().map(e -> state(e).currency()).toArray(String[]::new),
            entries.stream().map(e -> total(state(e))).toArray(BigDecimal[]::new),
            entries.stream().map(e -> String.join("\u0001", state(e).tags())).toArray(String[]::new),
            entries.stream().map(e -> state(e).placedAt()).toArray(Instant[]::new),
            entries.stream().map(e -> state(e).shipBy()).toArray(Instant[]::new),
            entries.stream().map(e -> state(e).url()).toArray(String[]::new),
            entries.stream().map(e -> state(e).isCancelled()).toArray(Boolean[]::new),
            entries.stream().map(e -> state(e).version()).toArray(String[]::new),
            entries.stream().map(e -> state(e).updatedAt()).toArray(Instant[]::new),
            entries.stream().map(e -> e.commit.receiptId()).toArray(Long[]::new),
            entries.stream().map(e -> e.eventId).toArray(Long[]::new)
        };
    }

    private static Order state(Entry entry) {
        Order state = entry.commit.state();
        if (state == null) {
            throw new IllegalStateException("only commits with a state write one");
        }
        return state;
    }

    private static @Nullable BigDecimal total(Order order) {
        Order.Totals totals = order.totals();
        return totals == null ? null : totals.total();
    }

    private void countChanges() throws SQLException {
        List<Entry> known = entries.stream().filter(e -> !e.isNewOrder()).toList();
        if (!known.isEmpty()) {
            session.update(
                    """
                    update orders o set changes = o.changes + 1, cancelled = x.cancelled, redacted_at = null
                    from unnest(?, ?) as x (id, cancelled) where o.id = x.id""",
                    known.stream().map(e -> e.orderId).toArray(Long[]::new),
                    known.stream().map(Entry::cancelled).toArray(Boolean[]::new));
        }
    }

    /** What says nothing new may still be the newest that the source said: older news must not pass it. */
    private void rememberVersions() throws SQLException {
        List<Entry> repeated = entries.stream()
                .filter(e -> e.commit.outcome() == Outcome.ECHO && e.comesFromSource())
                .filter(e -> e.commit.event() instanceof OrderChanged)
                .toList();
        if (repeated.isEmpty()) {
            return;
        }
        session.update(
                """
                update orders o set source_version = x.version, source_updated = x.updated
                from unnest(?, ?, ?) as x (id, version, updated) where o.id = x.id""",
                repeated.stream().map(e -> e.orderId).toArray(Long[]::new),
                repeated.stream().map(e -> told(e).version()).toArray(String[]::new),
                repeated.stream().map(e -> told(e).updatedAt()).toArray(Instant[]::new));
    }

    private static Order told(Entry entry) {
        return ((OrderChanged) entry.commit.event()).order();
    }

    private void writeEvents() throws SQLException {
        session.update(
                """
                insert into event (id, order_id, type, event_key, revision, channel, receipt_id, outcome, at, payload, decisions)
                select * from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                entries.stream().map(e -> e.eventId).toArray(Long[]::new),
                entries.stream().map(e -> e.orderId).toArray(Long[]::new),
                entries.stream().map(e -> e.commit.event().type().word()).toArray(String[]::new),
                entries.stream().map(e -> e.commit.event().id()).toArray(String[]::new),
                entries.stream()
                        .map(e -> e.changesState() ? e.revision() : null)
                        .toArray(Integer[]::new),
                entries.stream().map(e -> e.commit.from()).toArray(String[]::new),
                entries.stream().map(e -> e.commit.receiptId()).toArray(Long[]::new),
                entries.stream()
                        .map(e -> e.commit.outcome().name().toLowerCase(java.util.Locale.ROOT))
                        .toArray(String[]::new),
                entries.stream().map(e -> e.commit.event().at()).toArray(Instant[]::new),
                entries.stream().map(e -> e.commit.payload()).toArray(String[]::new),
                entries.stream().map(e -> json(e.commit.decisions())).toArray(String[]::new));
    }

    static String json(List<Decided> decisions) {
        try {
            return EventJson.MAPPER.writeValueAsString(decisions);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("decisions always write as JSON", e);
        }
    }

    private LaneWork laneWork(Entry entry) {
        return new LaneWork(
                entry.orderId,
                entry.eventId,
                entry.sourceChannel(),
                entry.sourceOrderId(),
                entry.isNewOrder(),
                entry.commit.from(),
                entry.commit.event(),
                entry.commit.event().id(),
                entry.cancelled(),
                entry.changesState() ? entry.revision() : 0,
                entry.commit.decisions(),
                null);
    }

    private void keepQuantities() throws SQLException {
        Quantities quantities = new Quantities(session);
        List<Entry> counted = entries.stream()
                .filter(e -> e.changesState() || e.movesQuantities())
                .toList();
        quantities.load(counted.stream()
                .filter(e -> !e.isNewOrder())
                .map(e -> e.orderId)
                .toList());
        counted.forEach(e -> count(e, quantities.of(e.orderId)));
        cancelWhatIsCancelledLineByLine(counted, quantities);
        quantities.write();
    }

    private static void count(Entry entry, Tally tally) {
        Known known = entry.commit.known();
        if (entry.reopens()) {
            tally.reopen(entry.sourceChannel());
        }
        if (entry.changesState()) {
            tally.decide(state(entry), entry.cancelled(), entry.commit.decisions());
        } else if (known != null) {
            tally.tell(entry.isAPersons() ? Tally.ORDER : entry.commit.from(), known.newest(), entry.commit.event());
        }
    }

    private void cancelWhatIsCancelledLineByLine(List<Entry> counted, Quantities quantities) throws SQLException {
        Long[] cancelled = counted.stream()
                .filter(e -> !e.isNewOrder() && e.comesFromSource() && !e.cancelled())
                .filter(e -> quantities.of(e.orderId).isCancelledBy(e.sourceChannel(), e.newest()))
                .map(e -> e.orderId)
                .toArray(Long[]::new);
        if (cancelled.length > 0) {
            session.update("update orders set cancelled = true where id = any(?)", (Object) cancelled);
        }
    }

    private void wakeWaitingFacts() throws SQLException {
        List<Entry> fresh = entries.stream().filter(Entry::isNewOrder).toList();
        if (!fresh.isEmpty()) {
            session.update(
                    """
                    update receipt r set due_at = now() from unnest(?, ?) as x (channel, order_id)
                    where r.waits_for is not null and r.channel = x.channel and r.waits_for = x.order_id""",
                    fresh.stream().map(e -> e.commit.from()).toArray(String[]::new),
                    fresh.stream().map(e -> e.commit.event().orderId()).toArray(String[]::new));
        }
    }
}
