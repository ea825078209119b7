package io.waybill.ledger;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Carries out decisions on many orders at once: reads their lanes under lock, plans, and writes what comes of it. */
final class LaneWriter {
    private record LaneKey(long orderId, String channel) {}

    private final Db.Session session;
    private final Map<LaneKey, List<LaneRow>> lanes = new HashMap<>();

    LaneWriter(Db.Session session) {
        this.session = session;
    }

    /** Answers the channels that something is due to now because of this. */
    Set<String> write(List<LaneWork> works) throws SQLException {
        lockLanes(
                works.stream().filter(w -> !w.newOrder()).map(LaneWork::orderId).toArray(Long[]::new));
        int atMost = works.stream().mapToInt(w -> w.decisions().size()).sum();
        LaneChanges changes = new LaneChanges(session.ids(atMost));
        LanePlanning planning = new LanePlanning(session, changes);
        for (LaneWork work : works) {
            for (Decided decided : work.decisions()) {
                planning.plan(work, decided, lanesOf(work, decided));
            }
        }
        changes.write(session);
        return changes.due();
    }

    private List<LaneRow> lanesOf(LaneWork work, Decided decided) {
        return lanes.getOrDefault(new LaneKey(work.orderId(), decided.channel()), List.of());
    }

    private void lockLanes(Long[] orderIds) throws SQLException {
        if (orderIds.length == 0) {
            return;
        }
        Map<Long, LaneRow> byId = new HashMap<>();
        session.query(
                """
                select id, order_id, channel, part, external_id is not null or sent_revision > 0 as linked,
                  coalesce(leased_until > now(), false) as held, sent_revision, sent_choice, choice, line_ids
                from lane where order_id = any(?) order by id for update""",
                row -> {
                    LaneRow lane = LaneRow.read(row);
                    byId.put(lane.id(), lane);
                    return lanes.computeIfAbsent(
                                    new LaneKey(row.getLong("order_id"), row.getString("channel")),
                                    key -> new ArrayList<>())
                            .add(lane);
                },
                (Object) orderIds);
        lanes.values().forEach(parts -> parts.sort(Comparator.comparingInt(LaneRow::part)));
        if (!byId.isEmpty()) {
            session.query(
                    """
                    select lane_id, id, operation, state, reason, sending_since is not null or ambiguous_at is not null as started
                    from delivery where lane_id = any(?) and state in ('waiting', 'failed', 'unknown') order by id""",
                    row -> {
                        Objects.requireNonNull(byId.get(row.getLong("lane_id")))
                                .add(
                                        row.getLong("id"),
                                        row.getString("operation"),
                                        row.getString("state"),
                                        row.getString("reason"),
                                        row.getBoolean("started"));
                        return row;
                    },
                    (Object) byId.keySet().toArray(Long[]::new));
        }
    }
}
