package io.waybill.ledger;

import io.waybill.ledger.Commit.Outcome;
import io.waybill.order.Order;
import io.waybill.order.OrderChanged;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** The rows of orders as a batch of commits leaves them: new ones, newer states, and what else a commit changes of them. */
final class OrderRows {
    private final Db.Session session;
    private final List<CommitEntry> entries;

    OrderRows(Db.Session session, List<CommitEntry> entries) {
        this.session = session;
        this.entries = entries;
    }

    void write() throws SQLException {
        insertOrders(entries.stream().filter(CommitEntry::isNewOrder).toList());
        List<CommitEntry> changed = entries.stream()
                .filter(e -> !e.isNewOrder() && e.changesState())
                .toList();
        if (!changed.isEmpty()) {
            updateOrders(changed);
        }
        countChanges();
        rememberVersions();
    }

    private void insertOrders(List<CommitEntry> fresh) throws SQLException {
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
                columns(fresh, e -> e.orderId, e -> e.commit.from(), e -> e.state()
                        .id()));
    }

    private void updateOrders(List<CommitEntry> changed) throws SQLException {
        session.update(
                """
                update orders o set number = x.number, status = x.status, currency = x.currency, total = x.total,
                  tags = string_to_array(x.tags, E'\\x01'), placed_at = x.placed_at, ship_by = x.ship_by, url = x.url,
                  source_version = x.source_version, source_updated = x.source_updated,
                  receipt_id = x.receipt_id, revision = o.revision + 1, event_id = x.event_id, changed_at = now()
                from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) as x (id, channel, external_id, number, status,
                  currency, total, tags, placed_at, ship_by, url, cancelled, source_version, source_updated, receipt_id, event_id)
                where o.id = x.id""",
                columns(changed, e -> e.orderId, CommitEntry::sourceChannel, CommitEntry::sourceOrderId));
    }

    private interface Column<T> {
        T of(CommitEntry entry);
    }

    private static Object[] columns(
            List<CommitEntry> entries, Column<Long> id, Column<String> channel, Column<String> externalId) {
        return new Object[] {
            entries.stream().map(id::of).toArray(Long[]::new),
            entries.stream().map(channel::of).toArray(String[]::new),
            entries.stream().map(externalId::of).toArray(String[]::new),
            entries.stream().map(e -> e.state().displayNumber()).toArray(String[]::new),
            entries.stream().map(e -> e.state().status().word()).toArray(String[]::new),
            entries.stream().map(e -> e.state().currency()).toArray(String[]::new),
            entries.stream().map(e -> e.total()).toArray(BigDecimal[]::new),
            entries.stream().map(e -> String.join("\u0001", e.state().tags())).toArray(String[]::new),
            entries.stream().map(e -> e.state().placedAt()).toArray(Instant[]::new),
            entries.stream().map(e -> e.state().shipBy()).toArray(Instant[]::new),
            entries.stream().map(e -> e.state().url()).toArray(String[]::new),
            entries.stream().map(e -> e.state().isCancelled()).toArray(Boolean[]::new),
            entries.stream().map(e -> e.state().version()).toArray(String[]::new),
            entries.stream().map(e -> e.state().updatedAt()).toArray(Instant[]::new),
            entries.stream().map(e -> e.commit.receiptId()).toArray(Long[]::new),
            entries.stream().map(e -> e.eventId).toArray(Long[]::new)
        };
    }

    private void countChanges() throws SQLException {
        List<CommitEntry> known = entries.stream().filter(e -> !e.isNewOrder()).toList();
        if (!known.isEmpty()) {
            session.update(
                    """
                    update orders o set changes = o.changes + 1, cancelled = x.cancelled, redacted_at = null
                    from unnest(?, ?) as x (id, cancelled) where o.id = x.id""",
                    known.stream().map(e -> e.orderId).toArray(Long[]::new),
                    known.stream().map(CommitEntry::cancelled).toArray(Boolean[]::new));
        }
    }

    /** What says nothing new may still be the newest that the source said: older news must not pass it. */
    private void rememberVersions() throws SQLException {
        List<CommitEntry> repeated = entries.stream()
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

    private static Order told(CommitEntry entry) {
        return ((OrderChanged) entry.commit.event()).order();
    }
}
