package io.waybill.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.waybill.ledger.Commit.Result;
import io.waybill.order.EventJson;
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
    private final List<CommitEntry> entries = new ArrayList<>();

    CommitBatch(Db.Session session, List<Commit> commits) {
        this.session = session;
        this.commits = commits;
        this.results = new Result[commits.size()];
    }

    List<Result> run() throws SQLException {
        holdReceipts();
        lockOrders();
        dropStale();
        dropKnownFacts();
        if (!entries.isEmpty()) {
            giveIds();
            findGrown();
            new OrderRows(session, entries).write();
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
                entries.add(new CommitEntry(i, commits.get(i)));
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
                entries.stream().map(CommitEntry::sourceChannel).toArray(String[]::new),
                entries.stream().map(CommitEntry::sourceOrderId).toArray(String[]::new));
        for (CommitEntry entry : List.copyOf(entries)) {
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
        List<CommitEntry> facts = entries.stream()
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
                facts.stream().map(CommitEntry::knownId).toArray(Long[]::new),
                facts.stream().map(e -> e.commit.event().type().word()).toArray(String[]::new),
                facts.stream().map(e -> e.commit.from()).toArray(String[]::new),
                facts.stream().map(e -> e.commit.event().id()).toArray(String[]::new)));
        List<CommitEntry> repeated = facts.stream()
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
    private void markRepeated(List<CommitEntry> repeated) throws SQLException {
        session.update(
                """
                with told as (
                  update receipt r set repeats_order = x.order_id from unnest(?, ?) as x (id, order_id) where r.id = x.id
                  returning r.repeats_order)
                update orders set redacted_at = null where id in (select repeats_order from told) and redacted_at is not null""",
                repeated.stream().map(e -> e.commit.receiptId()).toArray(Long[]::new),
                repeated.stream().map(CommitEntry::knownId).toArray(Long[]::new));
    }

    private void drop(CommitEntry entry, Result result) {
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
            CommitEntry entry = entries.get(i);
            Known known = entry.commit.known();
            entry.orderId = known == null ? ids[2 * i] : known.id();
            entry.eventId = ids[2 * i + 1];
            results[entry.index] = Result.COMMITTED;
        }
    }

    /** A cancellation of the whole order stands; one that only happened to cover all its lines does not outlive more lines. */
    private void findGrown() throws SQLException {
        List<CommitEntry> candidates = entries.stream()
                .filter(e -> e.changesState() && e.cancelled() && !e.state().isCancelled())
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

    /** A status that names no time is as old as its message, whenever that was imported. */
    private void writeEvents() throws SQLException {
        session.update(
                """
                insert into event (id, order_id, type, event_key, revision, channel, receipt_id, outcome, at, payload, decisions)
                select id, order_id, type, event_key, revision, channel, receipt_id, outcome,
                  case when type = 'status' and at is null then (select r.received_at from receipt r where r.id = x.receipt_id) else at end,
                  payload, decisions
                from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                  as x (id, order_id, type, event_key, revision, channel, receipt_id, outcome, at, payload, decisions)""",
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

    private LaneWork laneWork(CommitEntry entry) {
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
        List<CommitEntry> counted = entries.stream()
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

    private static void count(CommitEntry entry, Tally tally) {
        Known known = entry.commit.known();
        if (entry.reopens()) {
            tally.reopen(entry.sourceChannel());
        }
        if (entry.changesState()) {
            tally.decide(entry.state(), entry.cancelled(), entry.commit.decisions());
        } else if (known != null) {
            tally.tell(entry.isAPersons() ? Tally.ORDER : entry.commit.from(), known.newest(), entry.commit.event());
        }
    }

    private void cancelWhatIsCancelledLineByLine(List<CommitEntry> counted, Quantities quantities) throws SQLException {
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
        List<CommitEntry> fresh =
                entries.stream().filter(CommitEntry::isNewOrder).toList();
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
