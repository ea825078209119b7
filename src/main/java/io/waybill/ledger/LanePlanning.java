package io.waybill.ledger;

import io.waybill.order.Event;
import io.waybill.order.EventType;
import io.waybill.order.LineQuantity;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Plans what one event's decisions do to the lanes of its order. */
final class LanePlanning {
    private final LaneChanges changes;
    private final ChosenParts chosen;

    LanePlanning(Db.Session session, LaneChanges changes) {
        this.changes = changes;
        this.chosen = new ChosenParts(session, changes);
    }

    /** @param parts the lanes of the order to the decision's channel, in their order; locked */
    void plan(LaneWork work, Decided decided, List<LaneRow> parts) throws SQLException {
        if (parts.isEmpty()) {
            planFirst(work, decided);
        } else if (work.event().type() == EventType.ORDER) {
            planState(work, decided, parts);
        } else {
            planFact(work, decided, parts);
        }
    }

    private void planFirst(LaneWork work, Decided decided) {
        boolean home = work.isHome(decided.channel());
        LanePlan plan = LanePlan.of(
                home ? new LanePlan.Lane(false, true, false, List.of()) : LanePlan.Lane.NONE,
                work.happening(false),
                decided);
        LanePlan.Addition addition = plan.addition();
        if (addition == null || !addition.waits()) {
            changes.add(work, decided, plan, null);
            return;
        }
        @Nullable Set<String> lines = work.chosen(decided.channel());
        changes.add(work, decided, plan, changes.open(work, decided, addition, 1, home, lines));
    }

    /** Each part carries the newest state of its own lines. */
    private void planState(LaneWork work, Decided decided, List<LaneRow> parts) throws SQLException {
        boolean published = decided.verdict() == Verdict.PUBLISH;
        boolean rechosenNow = work.hand() != null && published && chosen.choose(work, decided, parts, work.hand());
        LaneRow last = parts.get(parts.size() - 1);
        boolean byRules = work.hand() != null && work.hand().byRules();
        if (work.hand() != null
                && !byRules
                && published
                && !rechosenNow
                && !ChosenParts.canChange(decided, last, work)) {
            Set<String> missing = chosen.missing(work, decided, parts);
            if (!missing.isEmpty()) {
                planNextPart(work, decided, last.part() + 1, missing);
                return;
            }
        }
        for (LaneRow lane : parts) {
            boolean also = rechosenNow && (lane == last || byRules);
            LanePlan plan = LanePlan.of(lane.seen(work.revision()), work.happening(also), decided);
            boolean quiet = plan.addition() != null && !plan.addition().waits() && lane != last;
            changes.add(work, decided, quiet ? new LanePlan(plan.changes(), null) : plan, lane);
        }
    }

    private void planNextPart(LaneWork work, Decided decided, int part, Set<String> lines) {
        LanePlan plan = LanePlan.of(LanePlan.Lane.NONE, work.happening(false), decided);
        LanePlan.Addition addition = plan.addition();
        if (addition != null && addition.waits()) {
            changes.add(work, decided, plan, changes.open(work, decided, addition, part, false, lines));
        }
    }

    /** A fact goes to the parts that may hold its lines, and is withheld where none does. */
    private void planFact(LaneWork work, Decided decided, List<LaneRow> parts) {
        Set<String> about = linesOf(work.event());
        List<LaneRow> concerned = parts.stream().filter(p -> p.mayHold(about)).toList();
        if (concerned.isEmpty()) {
            LanePlan.Addition none = new LanePlan.Addition(decided.operation(), "withheld", Verdict.NOT_LINKED.word());
            changes.add(work, decided, new LanePlan(List.of(), none), parts.get(parts.size() - 1));
            return;
        }
        for (LaneRow lane : concerned) {
            changes.add(work, decided, LanePlan.of(lane.seen(work.revision()), work.happening(false), decided), lane);
        }
    }

    private static Set<String> linesOf(Event event) {
        return Narrowing.lines(event).stream().map(LineQuantity::id).collect(Collectors.toSet());
    }
}
