package io.waybill.cli.trial;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The figures of a torture of deployments, for people and for a test. */
public final class DeployReport {
    private final DeployTorture.Plan plan;
    private final Map<EditKind, Integer> kinds = new EnumMap<>(EditKind.class);
    private final List<Duration> served = new ArrayList<>();
    private final List<Duration> refused = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private int strays;
    private int webhooks;
    private int questions;
    private int orders;
    private int lost;
    private int twins;
    private boolean drained;

    DeployReport(DeployTorture.Plan plan) {
        this.plan = plan;
    }

    void edit(EditKind kind, int number, boolean asExpected, Duration took) {
        kinds.merge(kind, 1, Integer::sum);
        (kind.isValid() ? served : refused).add(took);
        if (!asExpected) {
            faults.add("edit " + number + " (" + kind.word() + ") was not " + (kind.isValid() ? "served" : "refused"));
        }
    }

    void end(SteadyLoad load, Map<String, Integer> copies, boolean allThere) {
        strays = load.faults().size();
        faults.addAll(load.faults());
        webhooks = load.webhooks();
        questions = load.questions();
        drained = allThere;
        Set<String> missing = new TreeSet<>(load.acknowledged());
        orders = missing.size();
        missing.removeAll(copies.keySet());
        lost = missing.size();
        twins = (int) copies.values().stream().filter(count -> count > 1).count();
    }

    /** No request failed, none was answered by the wrong edit, every order is there once, every edit came to its right end. */
    public boolean isPerfect() {
        return drained && faults.isEmpty() && lost == 0 && twins == 0;
    }

    public int edits() {
        return served.size() + refused.size();
    }

    public int refused() {
        return refused.size();
    }

    public int orders() {
        return orders;
    }

    @Override
    public String toString() {
        return """
                seed           %d
                edits          %d: %s
                served         %d; from the save until it answers: median %s, longest %s
                refused        %d; from the save until it is told: median %s, longest %s
                webhooks       %,d at %d/s; questions %,d; failed or answered by the wrong edit: %d
                orders         %,d acknowledged; %d lost, %d twins
                %sverdict        %s"""
                .formatted(
                        plan.seed(),
                        edits(),
                        kinds.entrySet().stream()
                                .map(kind ->
                                        kind.getValue() + " " + kind.getKey().word())
                                .collect(Collectors.joining(", ")),
                        served.size(),
                        median(served),
                        longest(served),
                        refused.size(),
                        median(refused),
                        longest(refused),
                        webhooks,
                        plan.perSecond(),
                        questions,
                        strays,
                        orders,
                        lost,
                        twins,
                        faults.stream()
                                .limit(20)
                                .map(fault -> "fault          " + fault + "\n")
                                .collect(Collectors.joining()),
                        isPerfect() ? "the newest valid edit served all the time" : "BROKEN PROMISES, see above");
    }

    private static String median(List<Duration> all) {
        return all.isEmpty() ? "-" : seconds(all.stream().sorted().toList().get(all.size() / 2));
    }

    private static String longest(List<Duration> all) {
        return all.stream().max(Duration::compareTo).map(DeployReport::seconds).orElse("-");
    }

    private static String seconds(Duration duration) {
        return "%.1f s".formatted(duration.toMillis() / 1000.0);
    }
}
