package io.waybill.ledger;

import io.waybill.order.Event;
import io.waybill.order.EventType;
import io.waybill.order.LineQuantity;
import io.waybill.order.OrderCancelled;
import io.waybill.order.OrderChanged;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Carries out lane plans for many orders at once: new lanes, new deliveries, changed ones, and when each lane is next due. */
final class LaneWriter {
    /**
     * One event's decisions on one order.
     *
     * @param from the channel that told the event
     * @param eventKey a fact's id; null for the order's state
     * @param cancelled the order is cancelled as a whole after this
     * @param revision of the order's newest state; 0 where that is not told here
     * @param hand set when a person pushes the newest state
     */
    record Work(
            long orderId,
            long eventId,
            String source,
            String sourceOrderId,
            boolean newOrder,
            String from,
            Event event,
            @Nullable String eventKey,
            boolean cancelled,
            int revision,
            List<Decided> decisions,
            @Nullable Hand hand) {
        boolean cancelsAll() {
            return event instanceof OrderCancelled cancellation
                    && cancellation.lines().isEmpty();
        }

        LanePlan.Happening happening(boolean rechosen) {
            return new LanePlan.Happening(event.type(), cancelsAll(), cancelled, hand != null, rechosen);
        }
    }

    /**
     * What a person chose.
     *
     * @param lines the ids of the lines to push, by channel; none for a channel that gets what the rules publish
     * @param byRules nobody chose lines: the rules are applied again, and what is there gets an update
     */
    record Hand(Map<String, List<String>> lines, boolean byRules) {
        private @Nullable Set<String> linesFor(String channel) {
            List<String> chosen = lines.get(channel);
            return chosen == null ? null : new LinkedHashSet<>(chosen);
        }
    }

    private record LaneKey(long orderId, String channel) {}

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

    private final Db.Session session;
    private final Map<LaneKey, List<LaneRow>> lanes = new HashMap<>();
    private final List<NewLane> newLanes = new ArrayList<>();
    private final List<NewDelivery> newDeliveries = new ArrayList<>();
    private final List<LanePlan.Change> changes = new ArrayList<>();
    private final Set<LaneRow> rechosen = new LinkedHashSet<>();
    private final Set<Long> touched = new LinkedHashSet<>();
    private final Set<String> due = new TreeSet<>();
    private final Deque<Long> freshIds = new ArrayDeque<>();

    LaneWriter(Db.Session session) {
        this.session = session;
    }

    /** Answers the channels that something is due to now because of this. */
    Set<String> write(List<Work> works) throws SQLException {
        lockLanes(works.stream().filter(w -> !w.newOrder()).map(Work::orderId).toArray(Long[]::new));
        for (long id :
                session.ids(works.stream().mapToInt(w -> w.decisions().size()).sum())) {
            freshIds.add(id);
        }
        for (Work work : works) {
            for (Decided decided : work.decisions()) {
                plan(work, decided);
            }
        }
        insertLanes();
        writeChoices();
        applyChanges();
        insertDeliveries();
        schedule();
        return due;
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

    private void plan(Work work, Decided decided) throws SQLException {
        List<LaneRow> parts = lanes.getOrDefault(new LaneKey(work.orderId(), decided.channel()), List.of());
        if (parts.isEmpty()) {
            planFirst(work, decided);
        } else if (work.event().type() == EventType.ORDER) {
            planState(work, decided, parts);
        } else {
            planFact(work, decided, parts);
        }
    }

    private void planFirst(Work work, Decided decided) {
        boolean home = decided.channel().equals(work.source());
        LanePlan plan = LanePlan.of(
                home ? new LanePlan.Lane(false, true, false, List.of()) : LanePlan.Lane.NONE,
                work.happening(false),
                decided);
        LanePlan.Addition addition = plan.addition();
        if (addition == null || !addition.waits()) {
            carryOut(work, decided, plan, null);
            return;
        }
        @Nullable Set<String> lines = work.hand() == null ? null : work.hand().linesFor(decided.channel());
        carryOut(work, decided, plan, open(work, decided, addition, 1, home, lines));
    }

    private LaneRow open(
            Work work, Decided decided, LanePlan.Addition first, int part, boolean home, @Nullable Set<String> lines) {
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

    /** Each part carries the newest state of its own lines. */
    private void planState(Work work, Decided decided, List<LaneRow> parts) throws SQLException {
        boolean published = decided.verdict() == Verdict.PUBLISH;
        boolean rechosenNow = work.hand() != null && published && choose(work, decided, parts, work.hand());
        LaneRow last = parts.get(parts.size() - 1);
        boolean byRules = work.hand() != null && work.hand().byRules();
        if (work.hand() != null && !byRules && published && !rechosenNow && !canChange(decided, last, work)) {
            Set<String> missing = missing(work, decided, parts);
            if (!missing.isEmpty()) {
                planNextPart(work, decided, last.part() + 1, missing);
                return;
            }
        }
        for (LaneRow lane : parts) {
            boolean also = rechosenNow && (lane == last || byRules);
            LanePlan plan = LanePlan.of(lane.seen(work.revision()), work.happening(also), decided);
            boolean quiet = plan.addition() != null && !plan.addition().waits() && lane != last;
            carryOut(work, decided, quiet ? new LanePlan(plan.changes(), null) : plan, lane);
        }
    }

    private void planNextPart(Work work, Decided decided, int part, Set<String> lines) {
        LanePlan plan = LanePlan.of(LanePlan.Lane.NONE, work.happening(false), decided);
        LanePlan.Addition addition = plan.addition();
        if (addition != null && addition.waits()) {
            carryOut(work, decided, plan, open(work, decided, addition, part, false, lines));
        }
    }

    private static boolean canChange(Decided decided, LaneRow lane, Work work) {
        return decided.canUpdate() || lane.seen(work.revision()).isUnsent();
    }

    /** Adds the lines that a person chose to what the last part carries, where that can still be changed. */
    private boolean choose(Work work, Decided decided, List<LaneRow> parts, Hand hand) {
        LaneRow last = parts.get(parts.size() - 1);
        if (!canChange(decided, last, work)) {
            return false;
        }
        if (hand.byRules()) {
            parts.forEach(LaneRow::chooseAgain);
            return rechosen.addAll(parts);
        }
        boolean changed = last.choose(widened(work, decided, parts, last, hand.linesFor(decided.channel())));
        if (changed) {
            rechosen.add(last);
        }
        return changed;
    }

    private static @Nullable Set<String> widened(
            Work work, Decided decided, List<LaneRow> parts, LaneRow last, @Nullable Set<String> wanted) {
        Set<String> byRule = published(work, decided);
        if (parts.size() == 1 && last.awaitsChoice()) {
            return wanted;
        }
        if (parts.size() == 1) {
            if (wanted == null || last.lines() == null && byRule.containsAll(wanted)) {
                return null;
            }
            return union(last.lines() == null ? byRule : last.lines(), wanted);
        }
        Set<String> more = new LinkedHashSet<>(wanted == null ? byRule : wanted);
        parts.stream().filter(p -> p != last && p.lines() != null).forEach(p -> more.removeAll(lines(p)));
        return union(lines(last), more);
    }

    /** Chosen lines that no part of the order there carries. The first part keeps exactly what it has from then on. */
    private Set<String> missing(Work work, Decided decided, List<LaneRow> parts) throws SQLException {
        @Nullable Set<String> chosen = work.hand() == null ? null : work.hand().linesFor(decided.channel());
        Set<String> missing = new LinkedHashSet<>(chosen == null ? published(work, decided) : chosen);
        LaneRow first = parts.get(0);
        if (first.lines() == null) {
            Set<String> there = there(work.orderId(), decided.channel());
            if (there.isEmpty()) {
                return Set.of();
            }
            missing.removeAll(there);
            if (!missing.isEmpty()) {
                first.freeze(there);
                rechosen.add(first);
            }
        }
        parts.stream().filter(p -> p.lines() != null).forEach(p -> missing.removeAll(lines(p)));
        return missing;
    }

    private Set<String> there(long order, String channel) throws SQLException {
        return new LinkedHashSet<>(session.query(
                "select line_id from line_quantity where order_id = ? and channel = ? and part is not null",
                row -> row.getString(1),
                order,
                channel));
    }

    private static Set<String> published(Work work, Decided decided) {
        List<String> lines = decided.overlay().lines();
        if (lines != null) {
            return new LinkedHashSet<>(lines);
        }
        Set<String> all = new LinkedHashSet<>();
        if (work.event() instanceof OrderChanged changed) {
            changed.order().lines().forEach(line -> all.add(line.id()));
        }
        return all;
    }

    private static Set<String> union(Set<String> a, Set<String> b) {
        Set<String> all = new LinkedHashSet<>(a);
        all.addAll(b);
        return all;
    }

    private static Set<String> lines(LaneRow lane) {
        return lane.lines() == null ? Set.of() : lane.lines();
    }

    /** A fact goes to the parts that may hold its lines, and is withheld where none does. */
    private void planFact(Work work, Decided decided, List<LaneRow> parts) {
        Set<String> about = linesOf(work.event());
        List<LaneRow> concerned = parts.stream().filter(p -> p.mayHold(about)).toList();
        if (concerned.isEmpty()) {
            LanePlan.Addition none = new LanePlan.Addition(decided.operation(), "withheld", Verdict.NOT_LINKED.word());
            carryOut(work, decided, new LanePlan(List.of(), none), parts.get(parts.size() - 1));
            return;
        }
        for (LaneRow lane : concerned) {
            carryOut(work, decided, LanePlan.of(lane.seen(work.revision()), work.happening(false), decided), lane);
        }
    }

    private static Set<String> linesOf(Event event) {
        return Narrowing.lines(event).stream().map(LineQuantity::id).collect(Collectors.toSet());
    }

    private void carryOut(Work work, Decided decided, LanePlan plan, @Nullable LaneRow lane) {
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
                    key(work, decided, addition.operation(), lane),
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

    private static String key(Work work, Decided decided, String operation, @Nullable LaneRow lane) {
        String to = decided.channel();
        int part = lane == null ? 1 : lane.part();
        return switch (operation) {
            case LanePlan.CREATE -> Keys.create(work.source(), work.sourceOrderId(), to, part);
            case LanePlan.UPDATE ->
                Keys.update(
                        work.source(),
                        work.sourceOrderId(),
                        to,
                        part,
                        work.revision(),
                        lane == null ? 0 : lane.choice());
            default ->
                Keys.fact(
                        work.source(),
                        work.sourceOrderId(),
                        to,
                        part,
                        work.event().type().word(),
                        work.from(),
                        String.valueOf(work.eventKey()));
        };
    }

    private static @Nullable String joined(@Nullable Set<String> lines) {
        return lines == null ? null : String.join("\u0001", lines);
    }

    private void insertLanes() throws SQLException {
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
    private void writeChoices() throws SQLException {
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
    private void schedule() throws SQLException {
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
