package io.waybill.cli.trial;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** The figures of a torture, for people and for a test. */
public final class TortureReport {
    private final Torture.Plan plan;
    private final int messages;
    private final List<Duration> starts;
    private final Duration sent;
    private final boolean drained;
    private final Duration drain;
    private final int stored;
    private final int duplicates;
    private final int resent;
    private final Verdict.Finding finding;
    private final String keyedActivity;
    private final String searchedActivity;
    private final int faults;

    TortureReport(
            Torture.Plan plan,
            int messages,
            List<Duration> starts,
            Duration sent,
            boolean drained,
            Duration drain,
            Shop shop,
            Verdict.Finding finding,
            RoughStore keyed,
            RoughStore searched) {
        this.plan = plan;
        this.messages = messages;
        this.starts = List.copyOf(starts);
        this.sent = sent;
        this.drained = drained;
        this.drain = drain;
        this.stored = shop.stored();
        this.duplicates = shop.duplicates();
        this.resent = shop.resent();
        this.finding = finding;
        this.keyedActivity = keyed.activity();
        this.searchedActivity = searched.activity();
        this.faults = keyed.faults() + searched.faults();
    }

    /** Every acknowledged order at both destinations, created once, at its newest version, and nothing left to do. */
    public boolean isPerfect() {
        return drained && stored + duplicates == messages && finding.isPerfect();
    }

    public int kills() {
        return starts.size() - 1;
    }

    public int faults() {
        return faults;
    }

    @Override
    public String toString() {
        return """
                seed           %d
                orders         %,d in %,d signed webhooks at %d/s
                acknowledged   %,d: %,d stored, %,d answered as duplicates; %,d sends failed and were repeated
                kills          %d by SIGKILL; starts until ready: %s
                keyed          %s
                               %s
                searched       %s
                               %s
                receipts       %s
                deliveries     %s
                took           %s until all were acknowledged, %s more until nothing was left%s
                verdict        %s"""
                .formatted(
                        plan.seed(),
                        plan.orders(),
                        messages,
                        plan.perSecond(),
                        stored + duplicates,
                        stored,
                        duplicates,
                        resent,
                        kills(),
                        starts.stream().map(TortureReport::seconds).collect(Collectors.joining(", ")),
                        told(finding.keyed()),
                        keyedActivity,
                        told(finding.searched()),
                        searchedActivity,
                        finding.receipts(),
                        finding.deliveries(),
                        seconds(sent),
                        seconds(drain),
                        drained ? "" : " (gave up waiting)",
                        isPerfect() ? "everything once, at its newest version" : "BROKEN PROMISES, see above");
    }

    private static String told(Verdict.Tally tally) {
        return "%,d orders; %d lost, %d twins, %d stale"
                .formatted(tally.orders(), tally.lost(), tally.twins(), tally.stale());
    }

    private static String seconds(Duration duration) {
        return "%.1f s".formatted(duration.toMillis() / 1000.0);
    }
}
