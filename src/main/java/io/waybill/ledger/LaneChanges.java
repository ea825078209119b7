package io.waybill.ledger;

import io.waybill.order.EventType;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What plans come to, for many orders at once: new lanes, new deliveries, changed ones, and when each lane is next due. */
final class LaneChanges {
    private record NewLane(
            LaneRow row,
            long orderId,
            String channel,
            @Nullable String externalId,
            @Nullable String reference,
            int priority,
            boolean due) {}

    private record NewDelivery(
            long orderId,
            @Nullable LaneRow lane,
            long eventId,
            String channel,
            LanePlan.Addition addition,
            String key,
            @Nullable Integer revision) {
        private boolean carriesLines() {
            return addition.operation().equals(LanePlan.CREATE)
                    || addition.operation().equals(LanePlan.UPDATE);
        }

        private @Nullable String lines() {
            return lane == null || !carriesLines() ? null : joined(lane.lines());
        }

        private int choice() {
            return lane == null || !carriesLines() ? 0 : lane.choice();
        }
    }

    private final Deque<Long> freshIds = new ArrayDeque<>();
    private final List<NewLane> newLanes = new ArrayList<>();
    private final List<NewDelivery> newDeliveries = new ArrayList<>();
    private final List<LanePlan.Change> changes = new ArrayList<>();
    private final Set<LaneRow> rechosen = new LinkedHashSet<>();
    private final Set<Long> touched = new LinkedHashSet<>();
    private final Set<String> due = new TreeSet<>();

    /** @param freshIds for the lanes that may have to be opened */
    LaneChanges(long[] freshIds) {
        for (long id : freshIds) {
            this.freshIds.add(id);
        }
    }

    /** A lane for a part of the order that the destination is about to have. */
    LaneRow open(
            LaneWork work,
            Decided decided,
            LanePlan.Addition first,
            int part,
            boolean home,
            @Nullable Set<String> lines) {
        LaneRow row = LaneRow.fresh(freshIds.remove(), part, home, lines);
        String reference = decided.reference();
        newLanes.add(new NewLane(
                row,
                work.orderId(),
                decided.channel(),
                home ? work.sourceOrderId() : null,
                reference == null || part == 1 ? reference : reference + "-" + part,
                decided.overlay().priority(),
                !first.reason().equals("manual")));
        return row;
    }

    /** The lines of this lane are other ones than before. */
    void rechoose(LaneRow lane) {
        rechosen.add(lane);
    }

    /** @param lane null where nothing ever leaves */
    void add(LaneWork work, Decided decided, LanePlan plan, @Nullable LaneRow lane) {
        changes.addAll(plan.changes());
        if (lane != null && !lane.isFresh()) {
            touched.add(lane.id());
        }
        LanePlan.Addition addition = plan.addition();
        if (addition != null) {
            newDeliveries.add(new NewDelivery(
                    work.orderId(),
                    lane,
                    work.eventId(),
                    decided.channel(),
                    addition,
                    work.key(
                            decided.channel(),
                            addition.operation(),
                            lane == null ? 1 : lane.part(),
                            lane == null ? 0 : lane.choice()),
                    work.event().type() == EventType.ORDER ? Integer.valueOf(work.revision()) : null));
        }
        boolean more =
                addition != null && addition.waits() && !addition.reason().equals("manual");
        if (more
                || plan.changes().stream()
                        .anyMatch(
                                c -> c.state().equals("waiting") && !c.reason().equals("manual"))) {
            due.add(decided.channel());
        }
    }

    /** The channels that something is due to now because of this. */
    Set<String> due() {
        return due;
    }

    void write(Db.Session session) throws SQLException {
        insertLanes(session);
        writeChoices(session);
        applyChanges(session);
        insertDeliveries(session);
        schedule(session);
    }

    private static @Nullable String joined(@Nullable Set<String> lines) {
        return lines == null ? null : String.join("\u0001", lines);
    }

    private void insertLanes(Db.Session session) throws SQLException {
        if (newLanes.isEmpty()) {
            return;
        }
        session.update(
                """
                insert into lane (id, order_id, channel, external_id, reference, priority, due_at, line_ids, part)
                select id, order_id, channel, external_id, reference, priority, case when due then now() end,
                  string_to_array(lines, E'\\x01'), part
                from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?)
                  as x (id, order_id, channel, external_id, reference, priority, due, lines, part)""",
                newLanes.stream().map(l -> l.row().id()).toArray(Long[]::new),
                newLanes.stream().map(NewLane::orderId).toArray(Long[]::new),
                newLanes.stream().map(NewLane::channel).toArray(String[]::new),
                newLanes.stream().map(NewLane::externalId).toArray(String[]::new),
                newLanes.stream().map(NewLane::reference).toArray(String[]::new),
                newLanes.stream().map(NewLane::priority).toArray(Integer[]::new),
                newLanes.stream().map(NewLane::due).toArray(Boolean[]::new),
                newLanes.stream().map(l -> joined(l.row().lines())).toArray(String[]::new),
                newLanes.stream().map(l -> l.row().part()).toArray(Integer[]::new));
    }

    /** What is not sent yet carries the new choice; what is on its way stays as it is, and an update follows. */
    private void writeChoices(Db.Session session) throws SQLException {
        if (rechosen.isEmpty()) {
            return;
        }
        session.update(
                """
                with chosen as (
                  update lane l set line_ids = string_to_array(x.lines, E'\\x01'), choice = x.choice
                  from unnest(?, ?, ?) as x (id, lines, choice) where l.id = x.id
                  returning l.id, l.line_ids, l.choice)
                update delivery d set line_ids = c.line_ids, choice = c.choice from chosen c
                where d.lane_id = c.id and d.operation = 'create-order' and d.id = any(?)""",
                rechosen.stream().map(LaneRow::id).toArray(Long[]::new),
                rechosen.stream().map(l -> joined(l.lines())).toArray(String[]::new),
                rechosen.stream().map(LaneRow::choice).toArray(Integer[]::new),
                rechosen.stream().flatMap(l -> l.unsentCreate().stream()).toArray(Long[]::new));
    }

    private void applyChanges(Db.Session session) throws SQLException {
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

    private void insertDeliveries(Db.Session session) throws SQLException {
        if (newDeliveries.isEmpty()) {
            return;
        }
        session.update(
                """
                insert into delivery (id, order_id, lane_id, event_id, channel, operation, state, reason, key, revision, line_ids,
                  choice, due_at, finished_at)
                select nextval('ledger_id'), order_id, lane_id, event_id, channel, operation, state, reason, key, revision,
                  string_to_array(lines, E'\\x01'), choice, case when state = 'waiting' then now() end, case when state <> 'waiting' then now() end
                from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) with ordinality
                  as x (order_id, lane_id, event_id, channel, operation, state, reason, key, revision, lines, choice, n)
                order by n""",
                newDeliveries.stream().map(NewDelivery::orderId).toArray(Long[]::new),
                newDeliveries.stream()
                        .map(d ->
                                d.lane() == null ? null : Long.valueOf(d.lane().id()))
                        .toArray(Long[]::new),
                newDeliveries.stream().map(NewDelivery::eventId).toArray(Long[]::new),
                newDeliveries.stream().map(NewDelivery::channel).toArray(String[]::new),
                newDeliveries.stream().map(d -> d.addition().operation()).toArray(String[]::new),
                newDeliveries.stream().map(d -> d.addition().state()).toArray(String[]::new),
                newDeliveries.stream().map(d -> d.addition().reason()).toArray(String[]::new),
                newDeliveries.stream().map(NewDelivery::key).toArray(String[]::new),
                newDeliveries.stream().map(NewDelivery::revision).toArray(Integer[]::new),
                newDeliveries.stream().map(NewDelivery::lines).toArray(String[]::new),
                newDeliveries.stream().map(NewDelivery::choice).toArray(Integer[]::new));
    }

    /** A lane that a worker holds keeps its lease; the outcome schedules it again. */
    private void schedule(Db.Session session) throws SQLException {
        if (touched.isEmpty()) {
            return;
        }
        session.update(
                """
                update lane l set due_at = (select due_at from lane_due(l.id))
                where l.id = any(?) and (l.leased_until is null or l.leased_until <= now())""",
                (Object) touched.toArray(Long[]::new));
    }
}
