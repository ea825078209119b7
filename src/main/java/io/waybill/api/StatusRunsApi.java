package io.waybill.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.waybill.api.access.Caller;
import io.waybill.channel.Channel;
import io.waybill.channel.StatusMapping;
import io.waybill.channel.TaskKind;
import io.waybill.ledger.AuditLog;
import io.waybill.ledger.Runs;
import io.waybill.ledger.Runs.Run;
import io.waybill.ledger.Statuses;
import io.waybill.order.EventJson;
import io.waybill.order.Status;
import io.waybill.order.WaybillException;
import io.waybill.status.AutoMap;
import io.waybill.status.Proposal;
import io.waybill.task.TaskRunner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What can be asked of a status configuration: a proposal of its map, and a run now. */
@RestController
@RequestMapping("/api/status-mappings/{name}")
@Tag(name = "status mappings")
public class StatusRunsApi {
    private static final int MOST_WORDS = 500;

    private final Serving serving;
    private final ObjectProvider<TaskRunner> tasks;
    private final ObjectProvider<Runs> runs;
    private final ObjectProvider<Statuses> statuses;
    private final AuditLog audit;

    StatusRunsApi(
            Serving serving,
            ObjectProvider<TaskRunner> tasks,
            ObjectProvider<Runs> runs,
            ObjectProvider<Statuses> statuses,
            AuditLog audit) {
        this.serving = serving;
        this.audit = audit;
        this.tasks = tasks;
        this.runs = runs;
        this.statuses = statuses;
    }

    /** All may be left out for a configuration that is there. */
    @Schema(name = "AutoMapRequest")
    public record Wish(
            @Schema(description = "The channel whose statuses are read; for a configuration that is not there yet")
                    @Nullable
                    String from,
            @Nullable String to,
            @Schema(description = "The words to map; left out: all that are known of the system or were seen") @Nullable
                    List<String> statuses) {}

    /**
     * @param status their word
     * @param to ours; null when nothing can be said
     * @param confidence from 0 to 1
     * @param because why
     * @param now what the configuration says today
     */
    @Schema(name = "ProposedStatus")
    public record Proposed(
            String status, @Nullable Status to, double confidence, String because, @Nullable Status now) {}

    /**
     * @param proposals all of them, for a person to look at
     * @param draft with those of confidence 0.6 and more, and with what the configuration says already; to be looked over
     *     and sent by PUT
     */
    @Schema(name = "AutoMapAnswer")
    public record Proposals(String name, String from, List<Proposed> proposals, StatusMappingView draft) {}

    @PostMapping("/auto-map")
    @Operation(
            summary =
                    "Propose what their statuses mean, each with its confidence and reason. Nothing is applied by this")
    public Proposals autoMap(
            @PathVariable String name, @RequestBody(required = false) @Nullable Wish body, Caller caller) {
        @Nullable StatusMapping mapping = serving.bundle().statusMappings().get(name);
        Wish wish = body == null ? new Wish(null, null, null) : body;
        Channel from = serving.channel(chosen("from", wish.from(), mapping == null ? null : mapping.from()));
        Set<String> words = words(from, wish, mapping);
        Map<String, Status> today = mapping == null ? Map.of() : mapping.map();
        List<Proposed> proposals = AutoMap.propose(from.connector().name(), words).stream()
                .map(p -> proposed(p, today))
                .toList();
        return new Proposals(name, from.name(), proposals, draft(name, from.name(), wish, mapping, proposals));
    }

    private static Proposed proposed(Proposal p, Map<String, Status> today) {
        return new Proposed(p.word(), p.status(), p.confidence(), p.because(), today.get(p.word()));
    }

    private static StatusMappingView draft(
            String name, String from, Wish wish, @Nullable StatusMapping mapping, List<Proposed> proposals) {
        Map<String, Status> map = new TreeMap<>(mapping == null ? Map.of() : mapping.map());
        proposals.stream()
                .filter(p -> p.to() != null && p.confidence() >= Proposal.LIKELY)
                .forEach(p -> map.putIfAbsent(p.status(), p.to()));
        List<String> chosen = mapping == null ? List.copyOf(map.keySet()) : mapping.statuses();
        String to = wish.to() == null && mapping != null ? mapping.to() : wish.to();
        return StatusMappingView.draft(name, from, to, chosen, map, mapping);
    }

    /** What was asked about; else what the connector declares, the configuration says, and the channel has said. */
    private Set<String> words(Channel from, Wish wish, @Nullable StatusMapping mapping) {
        Set<String> words = new LinkedHashSet<>();
        if (wish.statuses() != null && !wish.statuses().isEmpty()) {
            wish.statuses().stream()
                    .filter(word -> word != null && !word.isBlank())
                    .forEach(words::add);
        } else {
            words.addAll(from.connector().statuses());
            if (mapping != null) {
                words.addAll(mapping.statuses());
                words.addAll(new TreeMap<>(mapping.map()).keySet());
            }
            statuses.ifAvailable(seen -> words.addAll(seen.words(from.name())));
        }
        if (words.size() > MOST_WORDS) {
            throw new WaybillException(
                    ApiError.INVALID_BODY,
                    "These are " + words.size() + " statuses; at most 500 are looked at in one call.");
        }
        return words;
    }

    private static String chosen(String member, @Nullable String wished, @Nullable String configured) {
        String channel = wished == null || wished.isBlank() ? configured : wished;
        if (channel == null) {
            throw new WaybillException(
                    ApiError.INVALID_BODY,
                    "There is no status mapping of this name yet: say \"" + member + "\", the channel, in the body.");
        }
        return channel;
    }

    /**
     * @param order our id
     * @param status their word
     * @param note why, where that is not plain
     */
    @Schema(name = "StatusRunEntry")
    public record Entry(long order, String number, String mapping, @Nullable String status, @Nullable String note) {}

    /** Each list holds at most 1,000 entries; {@code counts} counts all. */
    @Schema(name = "StatusRun")
    public record Answer(
            long run,
            String mapping,
            String state,
            Counts counts,
            List<Entry> changed,
            List<Entry> unchanged,
            List<Entry> unmapped,
            List<Entry> failed,
            @Nullable String errorCode,
            @Nullable String error) {}

    @Schema(name = "StatusRunCounts")
    public record Counts(long looked, long changed, long unchanged, long unmapped, long failed) {}

    @PostMapping("/run")
    @Operation(summary = "Synchronise now, and say what was looked at, changed, unchanged, unmapped and failed")
    @ApiResponse(responseCode = "200")
    @ApiResponse(responseCode = "409", description = "A run of it is under way")
    public Answer run(@PathVariable String name, Caller caller) {
        StatusMapping mapping = serving.bundle().statusMappings().get(name);
        if (mapping == null) {
            throw new WaybillException(
                    ApiError.UNKNOWN_STATUS_MAPPING,
                    "There is no such status mapping. See GET /api/status-mappings; PUT adds one.");
        }
        @Nullable TaskRunner runner = tasks.getIfAvailable();
        @Nullable Runs kept = runs.getIfAvailable();
        if (runner == null || kept == null) {
            throw new WaybillException(
                    ApiError.ROUTES_NOT_SERVING, "No routes are serving yet. Try again in a moment.");
        }
        Run run = runner.run(mapping.to(), TaskKind.SYNC_STATUSES.word(), name, caller.name());
        audit.record(caller.name(), "sync-statuses", null, "status mapping " + name, Map.of("run", run.id()));
        return answer(name, run, kept.detail(run.id()));
    }

    private static Answer answer(String name, Run run, @Nullable String detail) {
        JsonNode lists = lists(detail);
        return new Answer(
                run.id(),
                name,
                run.state(),
                new Counts(
                        run.summary().looked(),
                        run.summary().stored(),
                        run.summary().duplicates(),
                        run.summary().conflicts(),
                        run.summary().failed()),
                entries(lists, "changed"),
                entries(lists, "unchanged"),
                entries(lists, "unmapped"),
                entries(lists, "failed"),
                run.errorCode(),
                run.error());
    }

    private static JsonNode lists(@Nullable String detail) {
        try {
            return EventJson.MAPPER.readTree(detail == null ? "{}" : detail);
        } catch (IOException e) {
            throw new UncheckedIOException("the ledger holds a run's detail that is no JSON", e);
        }
    }

    private static List<Entry> entries(JsonNode lists, String kind) {
        List<Entry> entries = new ArrayList<>();
        lists.path(kind)
                .forEach(e -> entries.add(new Entry(
                        e.path("order").asLong(),
                        e.path("number").asText(),
                        e.path("mapping").asText(),
                        e.path("status").asText(null),
                        e.path("note").asText(null))));
        return entries;
    }
}
