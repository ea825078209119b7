package io.waybill.ledger;

import io.waybill.order.EventType;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Carries out lane plans for many orders at once: new lanes, new deliveries, changed ones, and when each lane is next due. */
final class LaneWriter {
    /**
     * One event's decisions on one order.
     *
     * @param eventKey a fact's id; null for the order's state
     * @param lines lines chosen by hand; null for what the rules say
     */
    record Work(
            long orderId,
            long eventId,
            String source,
            String sourceOrderId,
            boolean newOrder,
            EventType type,
            boolean cancelsAll,
            @Nullable String eventKey,
            int revision,
            List<Decided> decisions,
            @Nullable List<String> lines) {}

    private record LaneKey(long orderId, String channel) {}

    private static final class LaneRow {
        private final long id;
        private final int part;
        private final boolean linked;
        private final boolean held;
        private final List<LanePlan.Open> open = new ArrayList<>();

        private LaneRow(long id, int part, boolean linked, boolean held) {
            this.id = id;
            this.part = part;
            this.linked = linked;
            this.held = held;
        }

        /** What waits first on a lane that a worker holds may be leaving right now; what waits for its meaning does not. */
        private boolean add(long delivery, String operation, String state, @Nullable String reason, boolean started) {
            boolean passedBy = operation.equals("set-status") && "awaiting-mapping".equals(reason);
            boolean inHand = held
                    && !passedBy
                    && state.equals("waiting")
                    && open.stream()
                            .noneMatch(o -> o.state().equals("waiting") && !"awaiting-mapping".equals(o.reason()));
            return open.add(new LanePlan.Open(
                    delivery, operation, state, reason, started || inHand || state.equals("unknown")));
        }
    }

    private record NewLane(
            long id,
            long orderId,
            String channel,
            @Nullable String externalId,
            @Nullable String reference,
            int priority,
            boolean due,
            @Nullable String lines) {}

    private record NewDelivery(
            long orderId,
            @Nullable Long laneId,
            long eventId,
            String channel,
            LanePlan.Addition addition,
            String key,
            @Nullable Integer revision) {}

    private final Db.Session session;
    private final Map<LaneKey, LaneRow> lanes = new HashMap<>();
    private final List<NewLane> newLanes = new ArrayList<>();
    private final List<NewDelivery> newDeliveries = new ArrayList<>();
    private final List<LanePlan.Change> changes = new ArrayList<>();
    private final Set<Long> touched = new LinkedHashSet<>();

    LaneWriter(Db.Session session) {
        this.session = session;
    }

    void write(List<Work> works) throws SQLException {
        lockLanes(works.stream().filter(w -> !w.newOrder()).map(Work::orderId).toArray(Long[]::new));
        long[] laneIds =
                session.ids(works.stream().mapToInt(w -> w.decisions().size()).sum());
        int next = 0;
        for (Work work : works) {
            for (Decided decided : work.decisions()) {
                plan(work, decided, laneIds[next++]);
            }
        }
        insertLanes();
        applyChanges();
        insertDeliveries();
        schedule();
    }

    private void lockLanes(Long[] orderIds) throws SQLException {
        if (orderIds.length == 0) {
            return;
        }
        Map<Long, LaneRow> byId = new HashMap<>();
        session.query(
                """
                select id, order_id, channel, part, external_id is not null or sent_revision > 0 as linked,
                  coalesce(leased_until > now(), false) as held
                from lane where order_id = any(?) order by id for update""",
                row -> {
                    LaneRow lane = new LaneRow(
                            row.getLong("id"), row.getInt("part"), row.getBoolean("linked"), row.getBoolean("held"));
                    byId.put(lane.id, lane);
                    // The highest part is the one that later events go down.
                    lanes.merge(
                            new LaneKey(row.getLong("order_id"), row.getString("channel")),
                            lane,
                            (a, b) -> a.part > b.part ? a : b);
                    return lane;
                },
                (Object) orderIds);
        if (!byId.isEmpty()) {
            session.query(
                    """
                    select lane_id, id, operation, state, reason, sending_since is not null or ambiguous_at is not null as started
                    from delivery where lane_id = any(?) and state in ('waiting', 'failed', 'unknown') order by id""",
                    row -> Objects.requireNonNull(byId.get(row.getLong("lane_id")))
                            .add(
                                    row.getLong("id"),
                                    row.getString("operation"),
                                    row.getString("state"),
                                    row.getString("reason"),
                                    row.getBoolean("started")),
                    (Object) byId.keySet().toArray(Long[]::new));
        }
    }

    private void plan(Work work, Decided decided, long freshLaneId) {
        LaneKey key = new LaneKey(work.orderId(), decided.channel());
        LaneRow lane = lanes.get(key);
        boolean home = decided.channel().equals(work.source());
        LanePlan plan = LanePlan.of(
                lane == null
                        ? new LanePlan.Lane(false, home, List.of())
                        : new LanePlan.Lane(true, lane.linked, lane.open),
                work.type(),
                work.cancelsAll(),
                decided);
        changes.addAll(plan.changes());
        LanePlan.Addition addition = plan.addition();
        @Nullable Long laneId = lane == null ? null : Long.valueOf(lane.id);
        if (addition != null && addition.state().equals("waiting") && lane == null) {
            laneId = freshLaneId;
            newLanes.add(new NewLane(
                    freshLaneId,
                    work.orderId(),
                    decided.channel(),
                    home ? work.sourceOrderId() : null,
                    decided.reference(),
                    decided.overlay().priority(),
                    !addition.reason().equals("manual"),
                    work.lines() == null ? null : String.join("\u0001", work.lines())));
        }
        if (lane != null) {
            touched.add(lane.id);
        }
        if (addition != null) {
            newDeliveries.add(new NewDelivery(
                    work.orderId(),
                    laneId,
                    work.eventId(),
                    decided.channel(),
                    addition,
                    key(work, decided, addition.operation(), lane == null ? 1 : lane.part),
                    work.eventKey() == null ? Integer.valueOf(work.revision()) : null));
        }
    }

    private static String key(Work work, Decided decided, String operation, int part) {
        String to = decided.channel();
        return switch (operation) {
            case LanePlan.CREATE -> Keys.create(work.source(), work.sourceOrderId(), to, part);
            case LanePlan.UPDATE -> Keys.update(work.source(), work.sourceOrderId(), to, part, work.revision());
            default ->
                Keys.fact(
                        work.source(),
                        work.sourceOrderId(),
                        to,
                        part,
                        work.type().word(),
                        String.valueOf(work.eventKey()));
        };
    }

    private void insertLanes() throws SQLException {
        if (newLanes.isEmpty()) {
            return;
        }
        session.update(
                """
                insert into lane (id, order_id, channel, external_id, reference, priority, due_at, line_ids)
                select id, order_id, channel, external_id, reference, priority, case when due then now() end,
                  string_to_array(lines, E'\\x01')
                from unnest(?, ?, ?, ?, ?, ?, ?, ?)
                  as x (id, order_id, channel, external_id, reference, priority, due, lines)""",
                newLanes.stream().map(NewLane::id).toArray(Long[]::new),
                newLanes.stream().map(NewLane::orderId).toArray(Long[]::new),
                newLanes.stream().map(NewLane::channel).toArray(String[]::new),
                newLanes.stream().map(NewLane::externalId).toArray(String[]::new),
                newLanes.stream().map(NewLane::reference).toArray(String[]::new),
                newLanes.stream().map(NewLane::priority).toArray(Integer[]::new),
                newLanes.stream().map(NewLane::due).toArray(Boolean[]::new),
                newLanes.stream().map(NewLane::lines).toArray(String[]::new));
    }

    private void applyChanges() throws SQLException {
        if (changes.isEmpty()) {
            return;
        }
        session.update(
                """
                update delivery d set state = x.state, reason = x.reason,
                  due_at = case when x.state = 'waiting' then now() end,
                  finished_at = case when x.state = 'waiting' then null else now() end
                from unnest(?, ?, ?) as x (id, state, reason)
                where d.id = x.id""",
                changes.stream().map(LanePlan.Change::delivery).toArray(Long[]::new),
                changes.stream().map(LanePlan.Change::state).toArray(String[]::new),
                changes.stream().map(LanePlan.Change::reason).toArray(String[]::new));
    }

    private void insertDeliveries() throws SQLException {
        if (newDeliveries.isEmpty()) {
            return;
        }
        session.update(
                """
                insert into delivery (id, order_id, lane_id, event_id, channel, operation, state, reason, key, revision, due_at,
                  finished_at)
                select nextval('ledger_id'), order_id, lane_id, event_id, channel, operation, state, reason, key, revision,
                  case when state = 'waiting' then now() end, case when state <> 'waiting' then now() end
                from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?) with ordinality
                  as x (order_id, lane_id, event_id, channel, operation, state, reason, key, revision, n) order by n""",
                newDeliveries.stream().map(NewDelivery::orderId).toArray(Long[]::new),
                newDeliveries.stream().map(NewDelivery::laneId).toArray(Long[]::new),
                newDeliveries.stream().map(NewDelivery::eventId).toArray(Long[]::new),
                newDeliveries.stream().map(NewDelivery::channel).toArray(String[]::new),
                newDeliveries.stream().map(d -> d.addition().operation()).toArray(String[]::new),
                newDeliveries.stream().map(d -> d.addition().state()).toArray(String[]::new),
                newDeliveries.stream().map(d -> d.addition().reason()).toArray(String[]::new),
                newDeliveries.stream().map(NewDelivery::key).toArray(String[]::new),
                newDeliveries.stream().map(NewDelivery::revision).toArray(Integer[]::new));
    }

    /** A lane that a worker holds keeps its lease; the outcome schedules it again. */
    private void schedule() throws SQLException {
        if (touched.isEmpty()) {
            return;
        }
        session.update(
                """
                update lane l set due_at = lane_due(l.id)
                where l.id = any(?) and (l.leased_until is null or l.leased_until <= now())""",
                (Object) touched.toArray(Long[]::new));
    }
}
