package io.waybill.rule;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.order.Event;
import io.waybill.order.Order;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rules for everything that comes from one channel, compiled. Rules run from top to bottom, those under {@code
 * attributes} first; each sees what the ones before it set. The same input always gives the same answer. Safe for use by
 * many threads.
 */
public final class RuleSet {
    public static final RuleSet EMPTY = new RuleSet(List.of(), Map.of());

    private final List<Rule> attributes;
    private final List<Rule> publishEverywhere;
    private final Map<String, List<Rule>> overwrites;

    RuleSet(List<Rule> attributes, Map<String, List<Rule>> overwrites) {
        this.attributes = attributes.stream().filter(rule -> !rule.isPublish()).toList();
        this.publishEverywhere = attributes.stream().filter(Rule::isPublish).toList();
        this.overwrites = new LinkedHashMap<>(overwrites);
    }

    /** What came of reading: the rules, or every mistake and no rules. */
    public record Reading(@Nullable RuleSet rules, List<RuleProblem> problems) {
        public Reading {
            problems = List.copyOf(problems);
        }
    }

    /** Reads {@code routes/rules/<channel>.yaml} as a tree. An empty file has no rules. */
    public static Reading read(JsonNode rulesFile) {
        return new RuleSetReader().read(rulesFile);
    }

    /** The destinations that have overwrites, as the file names them. */
    public Set<String> destinations() {
        return Set.copyOf(overwrites.keySet());
    }

    public boolean isEmpty() {
        return attributes.isEmpty() && publishEverywhere.isEmpty() && overwrites.isEmpty();
    }

    /** Applies what holds for every destination; a rule that fails is skipped and flagged in the trace. */
    public Tagged tag(Event event, Order order) {
        Setting.State state = new Setting.State(order, Marks.NONE);
        List<RuleTrace> trace = new ArrayList<>(attributes.size());
        for (Rule rule : attributes) {
            state = run(rule, event, state, null, trace);
        }
        return new Tagged(state.order(), state.marks(), trace);
    }

    /** Applies the overwrites of one destination and asks all publish rules; without any, it is published. */
    public Decision decide(Event event, Tagged tagged, String destination) {
        Setting.State state = new Setting.State(tagged.order(), tagged.marks());
        List<RuleTrace> trace = new ArrayList<>();
        Ballot ballot = new Ballot(destination);
        for (Rule rule : publishEverywhere) {
            state = run(rule, event, state, ballot, trace);
        }
        for (Rule rule : overwrites.getOrDefault(destination, List.of())) {
            state = run(rule, event, state, ballot, trace);
        }
        Order order = ballot.narrowed(state.order());
        return new Decision(destination, ballot.verdict(), ballot.reason(), order, state.marks(), trace);
    }

    private static Setting.State run(
            Rule rule, Event event, Setting.State state, @Nullable Ballot ballot, List<RuleTrace> trace) {
        return rule.perLine()
                ? runForLines(rule, event, state, ballot, trace)
                : runForOrder(rule, event, state, ballot, trace);
    }

    private static Setting.State runForOrder(
            Rule rule, Event event, Setting.State state, @Nullable Ballot ballot, List<RuleTrace> trace) {
        Rule.Ruling ruling = rule.forOrder(event, state.order());
        trace.add(rule.trace(ruling));
        if (ballot != null && rule.isPublish()) {
            ballot.add(rule, ruling);
        }
        return ruling.setting() == null ? state : ruling.setting().on(state);
    }

    private static Setting.State runForLines(
            Rule rule, Event event, Setting.State state, @Nullable Ballot ballot, List<RuleTrace> trace) {
        List<Rule.Ruling> rulings = rule.forLines(event, state.order());
        RuleTrace told = rule.trace(state.order().lines(), rulings);
        trace.add(told);
        if (ballot != null && rule.isPublish()) {
            ballot.add(rule, state.order().lines(), rulings);
        }
        if (rule.isPublish() || told.outcome() == RuleTrace.Outcome.FAILED) {
            return state;
        }
        return Setting.onLines(state, settings(rulings));
    }

    private static List<@Nullable Setting> settings(List<Rule.Ruling> rulings) {
        List<@Nullable Setting> settings = new ArrayList<>(rulings.size());
        rulings.forEach(ruling -> settings.add(ruling.setting()));
        return settings;
    }
}
