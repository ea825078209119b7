package io.waybill.rule;

import io.waybill.order.Line;
import io.waybill.order.Order;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Adds up publish rules: all must say true, and the first that did not is the reason. */
final class Ballot {
    private final String destination;
    private final Set<String> linesLeftOut = new HashSet<>();
    private Verdict verdict = Verdict.PUBLISH;
    private @Nullable String reason;

    Ballot(String destination) {
        this.destination = destination;
    }

    void add(Rule rule, Rule.Ruling ruling) {
        if (ruling.failure() != null) {
            decide(Verdict.RULE_ERROR, rule, "could not be evaluated: " + ruling.failure());
        } else if (ruling.saysNo()) {
            decide(Verdict.WITHHOLD, rule, "says publish: false" + Reasons.since(ruling));
        }
    }

    void add(Rule rule, List<Line> lines, List<Rule.Ruling> rulings) {
        for (int i = 0; i < rulings.size(); i++) {
            Rule.Ruling ruling = rulings.get(i);
            if (ruling.failure() != null) {
                decide(
                        Verdict.RULE_ERROR,
                        rule,
                        "could not be evaluated for line " + lines.get(i).id() + ": " + ruling.failure());
            } else if (ruling.saysNo()) {
                linesLeftOut.add(lines.get(i).id());
            }
        }
        if (linesLeftOut.size() == lines.size()) {
            decide(Verdict.WITHHOLD, rule, "leaves no line to publish");
        }
    }

    private void decide(Verdict no, Rule rule, String why) {
        if (verdict == Verdict.PUBLISH) {
            verdict = no;
            reason = "Not published to " + destination + ": " + rule.label() + " " + why + ".";
        }
    }

    Verdict verdict() {
        return verdict;
    }

    @Nullable
    String reason() {
        return reason;
    }

    /** With the lines that were let through; whole when nothing leaves anyway. */
    Order narrowed(Order order) {
        return verdict != Verdict.PUBLISH || linesLeftOut.isEmpty()
                ? order
                : order.withLines(line -> !linesLeftOut.contains(line.id()));
    }
}
