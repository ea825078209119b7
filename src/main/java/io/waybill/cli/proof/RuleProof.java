package io.waybill.cli.proof;

import io.waybill.channel.RuleTest;
import io.waybill.channel.RuleTest.At;
import io.waybill.order.Line;
import io.waybill.rule.Decision;
import io.waybill.rule.RuleSet;
import io.waybill.rule.RuleTrace;
import io.waybill.rule.Tagged;
import io.waybill.rule.Verdict;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Holds one case against what the rules make of it. */
final class RuleProof {
    private final RuleTest test;
    private final RuleSet rules;
    private final Tagged tagged;
    private final List<Proof.Problem> problems = new ArrayList<>();

    RuleProof(RuleTest test, RuleSet rules) {
        this.test = test;
        this.rules = rules;
        this.tagged = rules.tag(test.event(), test.order());
    }

    Proof run() {
        RuleTest.Expected expected = test.expected();
        if (expected.tags() != null) {
            tags(expected.tags());
        }
        expected.attributes().forEach(this::attribute);
        expected.publish().forEach(this::publish);
        expected.withheld().forEach(this::withheld);
        expected.lines().forEach(this::lines);
        return new Proof(test.file(), test.line(), test.name(), problems);
    }

    private void tags(At<List<String>> expected) {
        List<String> tags = tagged.order().tags();
        if (!new HashSet<>(tags).equals(new HashSet<>(expected.value()))) {
            problem(expected, "the tags are " + tags + ", not " + expected.value() + nearMisses(tagged.trace()));
        }
    }

    private void attribute(String name, At<String> expected) {
        String value = tagged.order().attributes().get(name);
        if (!Objects.equals(value, expected.value())) {
            String is = value == null ? "is not set" : "is \"" + value + "\"";
            problem(
                    expected,
                    "attribute " + name + " " + is + ", not \"" + expected.value() + "\"" + nearMisses(tagged.trace()));
        }
    }

    private void publish(String destination, At<Boolean> expected) {
        Decision decision = decide(destination);
        boolean published = decision.verdict() == Verdict.PUBLISH;
        if (published && !expected.value()) {
            problem(expected, "it is published to " + destination + nearMisses(decision.trace()));
        } else if (!published && expected.value()) {
            problem(expected, decision.reason() + nearMisses(decision.trace()));
        }
    }

    private void withheld(String destination, At<String> expected) {
        Decision decision = decide(destination);
        if (decision.reason() == null) {
            problem(expected, "it is published to " + destination + ", not withheld" + nearMisses(decision.trace()));
        } else if (!lower(decision.reason()).contains(lower(expected.value()))) {
            problem(expected, "the reason is \"" + decision.reason() + "\"");
        }
    }

    private void lines(String destination, At<List<String>> expected) {
        Decision decision = decide(destination);
        List<String> lines = decision.verdict() == Verdict.PUBLISH
                ? decision.order().lines().stream().map(Line::id).toList()
                : List.of();
        if (!lines.equals(expected.value())) {
            problem(
                    expected,
                    destination + " gets the lines " + lines + ", not " + expected.value()
                            + nearMisses(decision.trace()));
        }
    }

    private Decision decide(String destination) {
        return rules.decide(test.event(), tagged, destination);
    }

    private void problem(At<?> expected, String message) {
        problems.add(new Proof.Problem(expected.line(), message));
    }

    private static String nearMisses(List<RuleTrace> trace) {
        List<String> near = trace.stream()
                .flatMap(rule -> rule.nearMisses().stream())
                .distinct()
                .toList();
        return near.isEmpty() ? "" : " (" + String.join(" ", near) + ")";
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
