package io.waybill.ledger;

import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which lines people chose for which part of an order at a destination. */
final class ChosenParts {
    private final Db.Session session;
    private final LaneChanges changes;

    ChosenParts(Db.Session session, LaneChanges changes) {
        this.session = session;
        this.changes = changes;
    }

    static boolean canChange(Decided decided, LaneRow lane, LaneWork work) {
        return decided.canUpdate() || lane.seen(work.revision()).isUnsent();
    }

    /** Adds the lines that a person chose to what the last part carries, where that can still be changed. */
    boolean choose(LaneWork work, Decided decided, List<LaneRow> parts, LaneWork.Hand hand) {
        LaneRow last = parts.get(parts.size() - 1);
        if (!canChange(decided, last, work)) {
            return false;
        }
        if (hand.byRules()) {
            parts.forEach(LaneRow::chooseAgain);
            parts.forEach(changes::rechoose);
            return true;
        }
        boolean changed = last.choose(widened(work, decided, parts, last, work.chosen(decided.channel())));
        if (changed) {
            changes.rechoose(last);
        }
        return changed;
    }

    private static @Nullable Set<String> widened(
            LaneWork work, Decided decided, List<LaneRow> parts, LaneRow last, @Nullable Set<String> wanted) {
        Set<String> byRule = work.published(decided);
        if (parts.size() == 1 && last.awaitsChoice()) {
            return wanted;
        }
        if (parts.size() == 1) {
            // Lines forced against a rule stay: who pushes the rest takes nothing back.
            Set<String> held = last.lines() == null ? byRule : last.lines();
            Set<String> all = union(held, wanted == null ? byRule : wanted);
            return byRule.containsAll(all) && (wanted == null || last.lines() == null) ? null : all;
        }
        Set<String> more = new LinkedHashSet<>(wanted == null ? byRule : wanted);
        parts.stream().filter(p -> p != last && p.lines() != null).forEach(p -> more.removeAll(lines(p)));
        return union(lines(last), more);
    }

    /** Chosen lines that no part of the order there carries. The first part keeps exactly what it has from then on. */
    Set<String> missing(LaneWork work, Decided decided, List<LaneRow> parts) throws SQLException {
        @Nullable Set<String> chosen = work.chosen(decided.channel());
        Set<String> missing = new LinkedHashSet<>(chosen == null ? work.published(decided) : chosen);
        LaneRow first = parts.get(0);
        if (first.lines() == null) {
            Set<String> there = there(work.orderId(), decided.channel());
            if (there.isEmpty()) {
                return Set.of();
            }
            missing.removeAll(there);
            if (!missing.isEmpty()) {
                first.freeze(there);
                changes.rechoose(first);
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

    private static Set<String> union(Set<String> a, Set<String> b) {
        Set<String> all = new LinkedHashSet<>(a);
        all.addAll(b);
        return all;
    }

    private static Set<String> lines(LaneRow lane) {
        return lane.lines() == null ? Set.of() : lane.lines();
    }
}
