package io.waybill.ledger;

import io.waybill.order.EventType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one decision does to one lane. A pure function of the lane as it is, so that every case can be read and tested
 * here; the ledger only carries it out.
 *
 * <p>State and facts: an order's state is rendered from the newest version at first send, so a create that has not
 * started needs nothing when a newer state arrives; one that has started (bytes may have left) is followed by an update.
 * Newer updates supersede waiting and failed ones. Facts go each once, in order.
 */
record LanePlan(List<Change> changes, @Nullable Addition addition) {
    static final String CREATE = "create-order";
    static final String UPDATE = "update-order";

    /** A delivery that is still open on the lane. {@code started}: bytes may have left, or its outcome is not known. */
    record Open(long id, String operation, String state, @Nullable String reason, boolean started) {
        boolean is(String wanted) {
            return operation.equals(wanted);
        }

        boolean waitsUnsent() {
            return state.equals("waiting") && !started;
        }
    }

    /** The lane as it is; {@code linked}: the order is there, by a create of ours or since it came from there. */
    record Lane(boolean exists, boolean linked, List<Open> open) {
        static final Lane NONE = new Lane(false, false, List.of());

        @Nullable
        Open create() {
            return open.stream().filter(o -> o.is(CREATE)).findFirst().orElse(null);
        }
    }

    record Change(long delivery, String state, String reason) {}

    /** A delivery to add; {@code state} waiting, withheld or void. */
    record Addition(String operation, String state, String reason) {}

    static LanePlan of(Lane lane, EventType type, boolean cancelsAll, Decided decided) {
        return switch (type) {
            case ORDER -> decided.verdict() == Verdict.PUBLISH ? publish(lane, decided) : withholdState(lane, decided);
            case CANCELLATION ->
                decided.verdict() == Verdict.PUBLISH && cancelsAll ? cancel(lane, decided) : fact(lane, decided);
            case SHIPMENT, RETURN, LABEL, STATUS -> fact(lane, decided);
        };
    }

    private static LanePlan publish(Lane lane, Decided decided) {
        Open create = lane.create();
        String reason = decided.manual() ? "manual" : "due";
        if (create == null) {
            return lane.linked() ? update(lane, decided) : add(new Addition(CREATE, "waiting", reason));
        }
        if (create.state().equals("failed")) {
            // The order changed, so the reason it was refused may be gone.
            return new LanePlan(List.of(new Change(create.id(), "waiting", reason)), null);
        }
        if (create.waitsUnsent()) {
            boolean pushedNow = "manual".equals(create.reason()) && !decided.manual();
            return pushedNow
                    ? new LanePlan(List.of(new Change(create.id(), "waiting", "due")), null)
                    : new LanePlan(List.of(), null);
        }
        return update(lane, decided);
    }

    private static LanePlan update(Lane lane, Decided decided) {
        List<Change> changes = new ArrayList<>();
        lane.open().stream()
                .filter(o -> o.is(UPDATE) && !o.started())
                .forEach(o -> changes.add(new Change(o.id(), "superseded", "newer")));
        Addition addition = decided.canUpdate()
                ? new Addition(UPDATE, "waiting", "due")
                : new Addition(UPDATE, "withheld", Verdict.CAPABILITY.word());
        return new LanePlan(changes, addition);
    }

    private static LanePlan withholdState(Lane lane, Decided decided) {
        String reason = decided.verdict().word();
        Open create = lane.create();
        if (create != null && !create.started()) {
            return new LanePlan(List.of(new Change(create.id(), "withheld", reason)), null);
        }
        return add(new Addition(lane.linked() || create != null ? UPDATE : CREATE, "withheld", reason));
    }

    /** Cancelled before the create went out: neither goes. */
    private static LanePlan cancel(Lane lane, Decided decided) {
        Open create = lane.create();
        if (create != null && !create.started() && !lane.linked()) {
            List<Change> voided = lane.open().stream()
                    .map(o -> new Change(o.id(), "void", "cancelled"))
                    .toList();
            return new LanePlan(voided, new Addition(decided.operation(), "void", "never-sent"));
        }
        return fact(lane, decided);
    }

    private static LanePlan fact(Lane lane, Decided decided) {
        if (decided.verdict() != Verdict.PUBLISH) {
            return add(new Addition(
                    decided.operation(), "withheld", decided.verdict().word()));
        }
        if (!lane.linked() && lane.create() == null) {
            return add(new Addition(decided.operation(), "withheld", Verdict.NOT_LINKED.word()));
        }
        return add(new Addition(decided.operation(), "waiting", decided.manual() ? "manual" : "due"));
    }

    private static LanePlan add(Addition addition) {
        return new LanePlan(List.of(), addition);
    }
}
