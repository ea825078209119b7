package io.waybill.console;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What templates ask for: how a moment, a duration, a state reads. */
@Component("words")
public final class Words {
    private static final DateTimeFormatter SHORT =
            DateTimeFormatter.ofPattern("d MMM HH:mm:ss", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter LONG = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final Set<String> GOOD = Set.of(
            "delivered", "synced", "pushed", "done", "publish", "closed", "resolved", "set", "serving", "yes", "ok");
    private static final Set<String> BAD = Set.of(
            "failed",
            "unknown",
            "open",
            "parked",
            "conflict",
            "rule-error",
            "error",
            "refused",
            "problem",
            "ambiguous");
    private static final Set<String> WAITS = Set.of(
            "waiting",
            "in_progress",
            "partially_pushed",
            "eligible",
            "retry",
            "half-open",
            "paused",
            "shadow",
            "acknowledged",
            "running",
            "warning",
            "blocked",
            "manual",
            "circuit",
            "awaiting-mapping");

    private static final List<Section> SECTIONS = List.of(
            new Section("home", "Overview", "/console"),
            new Section("orders", "Orders", "/console/orders"),
            new Section("issues", "Issues", "/console/issues"),
            new Section("sync", "Sync log", "/console/sync-log"),
            new Section("channels", "Channels", "/console/channels"),
            new Section("statuses", "Statuses", "/console/statuses"),
            new Section("rules", "Rules", "/console/rules"),
            new Section("deployments", "Deployments", "/console/deployments"),
            new Section("audit", "Audit", "/console/audit"));

    /** A place of the navigation. */
    public record Section(String name, String title, String path) {}

    public List<Section> sections() {
        return SECTIONS;
    }

    /** A moment in short, in UTC; the page shows {@link #exactly} when asked. */
    public String at(@Nullable Object instant) {
        return instant == null ? "never" : SHORT.format(Instant.parse(instant.toString()));
    }

    public String exactly(@Nullable Object instant) {
        return instant == null ? "never" : LONG.format(Instant.parse(instant.toString()));
    }

    /** "3 min", from seconds. */
    public String age(@Nullable Object seconds) {
        Duration age = Duration.ofSeconds(seconds == null ? 0 : Long.parseLong(seconds.toString()));
        if (age.isZero()) {
            return "–";
        }
        if (age.toDays() > 1) {
            return age.toDays() + " days";
        }
        return age.toHours() > 1
                ? age.toHours() + " h"
                : age.toMinutes() > 0 ? age.toMinutes() + " min" : age.toSeconds() + " s";
    }

    /** A word of the API as people write it. */
    public String plain(@Nullable Object word) {
        return word == null ? "" : word.toString().replace('_', ' ').replace('-', ' ');
    }

    /** The colour of a state: its word always stands beside it. */
    public String tone(@Nullable Object word) {
        String state = word == null ? "" : word.toString().toLowerCase(Locale.ROOT);
        return GOOD.contains(state) ? "good" : BAD.contains(state) ? "bad" : WAITS.contains(state) ? "waits" : "calm";
    }

    public String percent(Object confidence) {
        return Math.round(Double.parseDouble(confidence.toString()) * 100) + " %";
    }

    /** A figure of a map that may not have it. */
    public Object count(@Nullable Map<?, ?> figures, String name) {
        Object count = figures == null ? null : figures.get(name);
        return count == null ? 0 : count;
    }
}
