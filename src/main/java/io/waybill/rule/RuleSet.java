package io.waybill.rule;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.order.Event;
import io.waybill.order.Order;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
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
        TraceWitness witness = new TraceWitness();
        return tag(event, order, witness).with(witness.trace());
    }

    /** The same, counted and without a trace. */
    public Tagged tag(Event event, Order order, RuleTally tally) {
        return tag(event, order, (Witness) tally);
    }

    private Tagged tag(Event event, Order order, Witness witness) {
        Setting.State state = new Setting.State(order, Marks.NONE);
        for (Rule rule : attributes) {
            state = run(rule, event, state, null, witness);
        }
        return new Tagged(state.order(), state.marks(), List.of());
    }

    /** Applies the overwrites of one destination and asks all publish rules; without any, it is published. */
    public Decision decide(Event event, Tagged tagged, String destination) {
        TraceWitness witness = new TraceWitness();
        return decide(event, tagged, destination, witness).with(witness.trace());
    }

    /** The same, counted and without a trace. */
    public Decision decide(Event event, Tagged tagged, String destination, RuleTally tally) {
        return decide(event, tagged, destination, (Witness) tally);
    }

    private Decision decide(Event event, Tagged tagged, String destination, Witness witness) {
        Setting.State state = new Setting.State(tagged.order(), tagged.marks());
        Ballot ballot = new Ballot(destination);
        for (Rule rule : publishEverywhere) {
            state = run(rule, event, state, ballot, witness);
        }
        for (Rule rule : overwrites.getOrDefault(destination, List.of())) {
            state = run(rule, event, state, ballot, witness);
        }
        Order order = ballot.narrowed(state.order());
        return new Decision(destination, ballot.verdict(), ballot.reason(), order, state.marks(), List.of());
    }

    /** Every rule, those under {@code attributes} first, as the file has them. */
    Stream<Rule> all() {
        return Stream.concat(
                Stream.concat(attributes.stream(), publishEverywhere.stream())
                        .sorted(Comparator.comparingInt(Rule::index)),
                overwrites.values().stream().flatMap(List::stream));
    }

    private static Setting.State run(
            Rule rule, Event event, Setting.State state, @Nullable Ballot ballot, Witness witness) {
        return rule.perLine()
                ? runForLines(rule, event, state, ballot, witness)
                : runForOrder(rule, event, state, ballot, witness);
    }

    private static Setting.State runForOrder(
            Rule rule, Event event, Setting.State state, @Nullable Ballot ballot, Witness witness) {
        Rule.Ruling ruling = rule.forOrder(event, state.order(), witness);
        witness.saw(rule, ruling);
        if (ballot != null && rule.isPublish()) {
            ballot.add(rule, ruling);
        }
        return ruling.setting() == null ? state : ruling.setting().on(state);
    }

    private static Setting.State runForLines(
            Rule rule, Event event, Setting.State state, @Nullable Ballot ballot, Witness witness) {
        List<Rule.Ruling> rulings = rule.forLines(event, state.order(), witness);
        witness.saw(rule, state.order().lines(), rulings);
        if (ballot != null && rule.isPublish()) {
            ballot.add(rule, state.order().lines(), rulings);
        }
        if (rule.isPublish() || rulings.stream().anyMatch(ruling -> ruling.failure() != null)) {
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
