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

    private static final LanePlan NOTHING = new LanePlan(List.of(), null);

    /** A delivery that is still open on the lane. {@code started}: bytes may have left, or its outcome is not known. */
    record Open(long id, String operation, String state, @Nullable String reason, boolean started) {
        boolean is(String wanted) {
            return operation.equals(wanted);
        }

        boolean waitsUnsent() {
            return state.equals("waiting") && !started;
        }
    }

    /**
     * The lane as it is.
     *
     * @param linked the order is there, by a create of ours or since it came from there
     * @param current the newest state is known to be there, with the lines that are chosen for it
     */
    record Lane(boolean exists, boolean linked, boolean current, List<Open> open) {
        static final Lane NONE = new Lane(false, false, false, List.of());

        @Nullable
        Open create() {
            return first(CREATE);
        }

        @Nullable
        Open update() {
            return first(UPDATE);
        }

        private @Nullable Open first(String operation) {
            return open.stream().filter(o -> o.is(operation)).findFirst().orElse(null);
        }

        boolean isUnsent() {
            Open create = create();
            return !linked && (create == null || !create.started());
        }
    }

    /**
     * What happened.
     *
     * @param cancelsAll a cancellation of the whole order
     * @param cancelled the order is cancelled as a whole, by this or before
     * @param byHand a person pushes; nothing new came from the source
     * @param rechosen the person's choice of lines is another one than before
     */
    record Happening(EventType type, boolean cancelsAll, boolean cancelled, boolean byHand, boolean rechosen) {}

    record Change(long delivery, String state, String reason) {}

    /** A delivery to add; {@code state} waiting, withheld or void. */
    record Addition(String operation, String state, String reason) {
        boolean waits() {
            return state.equals("waiting");
        }
    }

    static LanePlan of(Lane lane, Happening what, Decided decided) {
        boolean published = decided.verdict() == Verdict.PUBLISH;
        return switch (what.type()) {
            case ORDER -> published ? publish(lane, what, decided) : withholdState(lane, decided);
            case CANCELLATION -> published && what.cancelsAll() ? cancel(lane, decided) : fact(lane, decided);
            case SHIPMENT, RETURN, LABEL, STATUS, TAGS -> fact(lane, decided);
        };
    }

    private static LanePlan publish(Lane lane, Happening what, Decided decided) {
        Open create = lane.create();
        String reason = decided.manual() ? "manual" : "due";
        if (create == null) {
            return lane.linked() ? publishAgain(lane, what, decided) : create(what, reason);
        }
        if (create.state().equals("failed")) {
            // The order changed, so the reason it was refused may be gone. Whoever had to push it has done so.
            return create.started() ? repeatAndUpdate(lane, create, decided) : change(create, "due");
        }
        if (create.waitsUnsent()) {
            boolean held = what.byHand() || "manual".equals(create.reason());
            return held && !decided.manual() ? change(create, "due") : NOTHING;
        }
        return what.byHand() && !what.rechosen() ? NOTHING : update(lane, decided);
    }

    /** What may have left is repeated as it was; what is newer follows. */
    private static LanePlan repeatAndUpdate(Lane lane, Open create, Decided decided) {
        LanePlan update = update(lane, decided);
        List<Change> changes = new ArrayList<>(update.changes());
        changes.add(new Change(create.id(), "waiting", "due"));
        return new LanePlan(changes, update.addition());
    }

    /** An order that was cancelled before it ever left is not created any more. */
    private static LanePlan create(Happening what, String reason) {
        return add(
                what.cancelled() ? new Addition(CREATE, "void", "cancelled") : new Addition(CREATE, "waiting", reason));
    }

    private static LanePlan publishAgain(Lane lane, Happening what, Decided decided) {
        if (!what.byHand() || what.rechosen()) {
            return update(lane, decided);
        }
        Open open = lane.update();
        if (open == null) {
            return lane.current() ? NOTHING : update(lane, decided);
        }
        return open.started() ? NOTHING : change(open, "due");
    }

    private static LanePlan update(Lane lane, Decided decided) {
        List<Change> changes = new ArrayList<>();
        lane.open().stream()
                .filter(o -> o.is(UPDATE) && !(o.started() && o.state().equals("waiting")))
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

    private static LanePlan change(Open open, String reason) {
        return new LanePlan(List.of(new Change(open.id(), "waiting", reason)), null);
    }

    private static LanePlan add(Addition addition) {
        return new LanePlan(List.of(), addition);
    }
}
