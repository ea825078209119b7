package io.waybill.rule;

import io.waybill.order.Event;
import io.waybill.order.Line;
import io.waybill.order.Order;
import io.waybill.rule.RuleTrace.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One rule of the file. Without {@code when} it always gives {@code then}. */
record Rule(
        @Nullable String destination,
        int index,
        Attribute attribute,
        boolean perLine,
        @Nullable Condition when,
        @Nullable String cel,
        Setting then,
        @Nullable Setting otherwise) {

    boolean isPublish() {
        return attribute.kind() == Attribute.Kind.PUBLISH;
    }

    /** "rule 2 under overwrites.doba". */
    String label() {
        return label(destination, index);
    }

    static String label(@Nullable String destination, int index) {
        return "rule " + (index + 1) + " under " + (destination == null ? "attributes" : "overwrites." + destination);
    }

    /** What came out for the whole order or one line; {@code failure} when the condition could not be evaluated. */
    record Ruling(@Nullable Setting setting, boolean held, @Nullable String failure, List<ConditionTrace> conditions) {
        Outcome outcome() {
            return failure != null ? Outcome.FAILED : setting == null ? Outcome.NOT_SET : Outcome.SET;
        }

        @Nullable
        Object shown() {
            return setting == null ? null : setting.shown();
        }

        boolean saysNo() {
            return setting instanceof Setting.Publish says && !says.publish();
        }
    }

    Ruling rule(Asking asking) {
        if (when == null) {
            return new Ruling(then, true, null, List.of());
        }
        return switch (when.ask(asking)) {
            case TRUE -> new Ruling(then, true, null, asking.notes());
            case FALSE, MISSING -> new Ruling(otherwise, false, null, asking.notes());
            case FAILED -> new Ruling(null, false, failure(asking), asking.notes());
        };
    }

    private static String failure(Asking asking) {
        String failure = asking.failure();
        return failure == null ? "could not be evaluated" : failure;
    }

    Ruling forOrder(Event event, Order order, Witness witness) {
        return rule(witness.asking(new Scope(event, order, null), 0));
    }

    /** One ruling for each line, in order. */
    List<Ruling> forLines(Event event, Order order, Witness witness) {
        List<Ruling> rulings = new ArrayList<>(order.lines().size());
        for (Line line : order.lines()) {
            rulings.add(rule(witness.asking(new Scope(event, order, line), rulings.size())));
        }
        return rulings;
    }

    RuleTrace trace(Ruling ruling) {
        return new RuleTrace(
                destination,
                index,
                attribute.word(),
                "order",
                ruling.outcome(),
                ruling.shown(),
                cel,
                ruling.conditions(),
                List.of(),
                0,
                ruling.failure());
    }

    RuleTrace trace(List<Line> lines, List<Ruling> rulings) {
        List<LineTrace> listed = new ArrayList<>();
        for (int i = 0; i < Math.min(rulings.size(), RuleTrace.LISTED_LINES); i++) {
            Ruling ruling = rulings.get(i);
            Line line = lines.get(i);
            listed.add(new LineTrace(line.id(), line.sku(), ruling.outcome(), ruling.shown(), ruling.conditions()));
        }
        return new RuleTrace(
                destination,
                index,
                attribute.word(),
                "line",
                outcome(rulings),
                null,
                cel,
                List.of(),
                listed,
                rulings.size() - listed.size(),
                failure(lines, rulings));
    }

    private static Outcome outcome(List<Ruling> rulings) {
        Outcome outcome = Outcome.NOT_SET;
        for (Ruling ruling : rulings) {
            if (ruling.outcome() == Outcome.FAILED) {
                return Outcome.FAILED;
            }
            outcome = ruling.outcome() == Outcome.SET ? Outcome.SET : outcome;
        }
        return outcome;
    }

    private static @Nullable String failure(List<Line> lines, List<Ruling> rulings) {
        for (int i = 0; i < rulings.size(); i++) {
            String failure = rulings.get(i).failure();
            if (failure != null) {
                return "line " + lines.get(i).id() + ": " + failure;
            }
        }
        return null;
    }
}
