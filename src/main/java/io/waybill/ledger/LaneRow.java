package io.waybill.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One lane, locked, with its open deliveries and the lines that people chose for it. */
final class LaneRow {
    private final long id;
    private final int part;
    private final boolean linked;
    private final boolean held;
    private final int sentRevision;
    private final int sentChoice;
    private final boolean fresh;
    private final List<LanePlan.Open> open = new ArrayList<>();
    private @Nullable Set<String> lines;
    private int choice;

    private LaneRow(
            long id,
            int part,
            boolean linked,
            boolean held,
            int sentRevision,
            int sentChoice,
            int choice,
            @Nullable Set<String> lines,
            boolean fresh) {
        this.fresh = fresh;
        this.id = id;
        this.part = part;
        this.linked = linked;
        this.held = held;
        this.sentRevision = sentRevision;
        this.sentChoice = sentChoice;
        this.choice = choice;
        this.lines = lines;
    }

    static LaneRow read(ResultSet row) throws SQLException {
        java.sql.Array lines = row.getArray("line_ids");
        return new LaneRow(
                row.getLong("id"),
                row.getInt("part"),
                row.getBoolean("linked"),
                row.getBoolean("held"),
                row.getInt("sent_revision"),
                row.getInt("sent_choice"),
                row.getInt("choice"),
                lines == null ? null : new LinkedHashSet<>(List.of((String[]) lines.getArray())),
                false);
    }

    /** One that is just being opened. */
    static LaneRow fresh(long id, int part, boolean home, @Nullable Set<String> lines) {
        return new LaneRow(id, part, home, false, 0, 0, 0, lines, true);
    }

    /** What waits first on a lane that a worker holds may be leaving right now; what waits for its meaning does not. */
    void add(long delivery, String operation, String state, @Nullable String reason, boolean started) {
        boolean passedBy = operation.equals("set-status") && "awaiting-mapping".equals(reason);
        boolean inHand = held
                && !passedBy
                && state.equals("waiting")
                && open.stream().noneMatch(o -> o.state().equals("waiting") && !"awaiting-mapping".equals(o.reason()));
        open.add(new LanePlan.Open(delivery, operation, state, reason, started || inHand || state.equals("unknown")));
    }

    boolean isFresh() {
        return fresh;
    }

    long id() {
        return id;
    }

    int part() {
        return part;
    }

    int choice() {
        return choice;
    }

    /** Chosen by hand; null for what the rules say. */
    @Nullable
    Set<String> lines() {
        return lines;
    }

    /** True when the choice is another one than before. */
    boolean choose(@Nullable Set<String> chosen) {
        if (Objects.equals(chosen, lines)) {
            return false;
        }
        lines = chosen;
        choice++;
        return true;
    }

    /** The same lines once more: what is there shall be told again. */
    void chooseAgain() {
        choice++;
    }

    /** From now on exactly the lines that are there already. */
    void freeze(Set<String> there) {
        lines = there;
    }

    /** The create, while nothing of it can have left. */
    Optional<Long> unsentCreate() {
        return open.stream()
                .filter(o -> o.is(LanePlan.CREATE) && !o.started())
                .map(LanePlan.Open::id)
                .findFirst();
    }

    /** Nothing is there and nothing is on its way: what a person chooses now is all that goes. */
    boolean awaitsChoice() {
        return !linked
                && open.stream()
                        .filter(o -> o.is(LanePlan.CREATE))
                        .allMatch(o -> o.waitsUnsent() && "manual".equals(o.reason()));
    }

    boolean mayHold(Set<String> wanted) {
        return lines == null || wanted.isEmpty() || wanted.stream().anyMatch(lines::contains);
    }

    LanePlan.Lane seen(int newestRevision) {
        return new LanePlan.Lane(
                true, linked, sentRevision > 0 && sentRevision >= newestRevision && sentChoice >= choice, open);
    }
}
