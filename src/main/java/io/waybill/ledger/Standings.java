package io.waybill.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How orders stand at their destinations, for a page of orders at once. */
final class Standings {
    /** What a person should look at comes first. */
    private static final List<SyncState> RANKING = List.of(
            SyncState.UNKNOWN,
            SyncState.FAILED,
            SyncState.IN_PROGRESS,
            SyncState.ELIGIBLE,
            SyncState.NOT_SYNCED,
            SyncState.SYNCED,
            SyncState.WITHHELD);

    private record Key(long orderId, String channel) {}

    private Standings() {}

    static Map<Long, List<Standing>> of(Db.Session session, Long[] orders) throws SQLException {
        Map<Key, List<Standing>> candidates = new HashMap<>();
        session.query(
                """
                select order_id, channel, null::bigint as id, '' as state, null as reason, null as error_code, external_id, url,
                  external_id is not null as linked, null as operation
                from lane where order_id = any(?) and sent_revision > 0 and part = 1
                union all
                select * from (
                  select distinct on (d.order_id, d.channel, d.operation, open.is) d.order_id, d.channel, d.id, d.shown_state,
                    d.shown_reason, d.error_code, d.external_id, d.url, d.external_id is not null, d.operation
                  from delivery_shown d cross join lateral (select d.state in ('waiting', 'failed', 'unknown') as is) open
                  where d.order_id = any(?) and d.state in ('waiting', 'failed', 'unknown', 'withheld')
                  order by d.order_id, d.channel, d.operation, open.is,
                    case when d.state in ('failed', 'unknown') then 0 else 1 end,
                    case when open.is then d.id else -d.id end) shown
                """,
                row -> candidates
                        .computeIfAbsent(
                                new Key(row.getLong("order_id"), row.getString("channel")), key -> new ArrayList<>())
                        .add(destination(row)),
                orders,
                orders);
        Map<Key, PushState> pushed = pushed(session, orders);
        Map<Long, Map<String, Standing>> byOrder = new HashMap<>();
        candidates.forEach((key, found) -> byOrder.computeIfAbsent(key.orderId(), id -> new TreeMap<>())
                .put(key.channel(), first(found).with(pushed.getOrDefault(key, PushState.NOT_PUSHED))));
        Map<Long, List<Standing>> result = new HashMap<>();
        byOrder.forEach((id, channels) -> result.put(id, List.copyOf(channels.values())));
        return result;
    }

    private static Map<Key, PushState> pushed(Db.Session session, Long[] orders) throws SQLException {
        Map<Key, PushState> result = new HashMap<>();
        session.query(
                """
                select l.order_id, l.channel, exists (
                  select 1 from line_quantity q where q.order_id = l.order_id and q.channel = l.channel and q.pushed < q.wanted)
                  as missing
                from lane l where l.order_id = any(?) and l.sent_revision > 0""",
                row -> result.put(
                        new Key(row.getLong("order_id"), row.getString("channel")),
                        PushState.of(false, true, row.getBoolean("missing"))),
                (Object) orders);
        return result;
    }

    private static Standing first(List<Standing> found) {
        return found.stream()
                .min(Comparator.comparingInt(d -> RANKING.indexOf(d.sync())))
                .orElseThrow();
    }

    private static Standing destination(ResultSet row) throws SQLException {
        @Nullable Long delivery = row.getObject("id", Long.class);
        return new Standing(
                row.getString("channel"),
                sync(row),
                PushState.NOT_PUSHED,
                row.getString("reason"),
                delivery,
                row.getString("error_code"),
                row.getString("external_id"),
                row.getString("url"));
    }

    /** A label that is still to go changes nothing about the order being there. */
    private static SyncState whileItWaits(ResultSet row) throws SQLException {
        String operation = row.getString("operation");
        boolean ofState = operation.equals(LanePlan.CREATE) || operation.equals(LanePlan.UPDATE);
        return row.getBoolean("linked") && !ofState ? SyncState.SYNCED : SyncState.NOT_SYNCED;
    }

    private static SyncState sync(ResultSet row) throws SQLException {
        String state = row.getString("state");
        if (state.isEmpty()) {
            return row.getBoolean("linked") ? SyncState.SYNCED : SyncState.NOT_SYNCED;
        }
        return switch (DeliveryState.of(state)) {
            case IN_PROGRESS -> SyncState.IN_PROGRESS;
            case FAILED -> SyncState.FAILED;
            case UNKNOWN -> SyncState.UNKNOWN;
            case WITHHELD -> SyncState.WITHHELD;
            case WAITING -> "manual".equals(row.getString("reason")) ? SyncState.ELIGIBLE : whileItWaits(row);
            case DELIVERED, SUPERSEDED, VOID -> SyncState.NOT_SYNCED;
        };
    }
}
