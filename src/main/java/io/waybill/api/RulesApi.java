package io.waybill.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.waybill.api.access.Caller;
import io.waybill.channel.Bundle;
import io.waybill.flow.BackTest;
import io.waybill.flow.DryRun;
import io.waybill.flow.RulesApplied;
import io.waybill.flow.RulesApplied.Report;
import io.waybill.flow.RulesApplied.Wish;
import io.waybill.ledger.AuditLog;
import io.waybill.ledger.OrderFilter;
import io.waybill.order.Event;
import io.waybill.order.EventJson;
import io.waybill.order.InvalidEvent;
import io.waybill.order.Order;
import io.waybill.order.OrderChanged;
import io.waybill.order.WaybillException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Rules tried before they are saved, and applied to orders that are there already. Only applying changes anything. */
@RestController
@RequestMapping("/api/rules")
@Tag(name = "rules")
public class RulesApi {
    private final Serving serving;
    private final ObjectProvider<DryRun> dryRuns;
    private final ObjectProvider<BackTest> backTests;
    private final ObjectProvider<RulesApplied> applied;
    private final AuditLog audit;

    RulesApi(
            Serving serving,
            ObjectProvider<DryRun> dryRuns,
            ObjectProvider<BackTest> backTests,
            ObjectProvider<RulesApplied> applied,
            AuditLog audit) {
        this.serving = serving;
        this.dryRuns = dryRuns;
        this.backTests = backTests;
        this.applied = applied;
        this.audit = audit;
    }

    /**
     * @param rules by channel, the whole of its file: YAML text, or the same as JSON; left out: the rules that serve
     * @param order our id of an order, or a canonical order
     * @param channel where an order that is given comes from, or the event; left out: the order's source
     * @param event a canonical event about that order; left out: the order itself
     */
    public record DryRunBody(
            @Nullable Map<String, JsonNode> rules,
            @Schema(description = "our id of an order, or a canonical order") @Nullable JsonNode order,
            @Nullable String channel,
            @Schema(description = "a canonical event about that order; left out: the order itself") @Nullable
                    ObjectNode event) {}

    @PostMapping("/dry-run")
    @Operation(summary = "Draft rules on one order: every decision with its trace; nothing changes")
    @ApiResponse(responseCode = "200")
    @ApiResponse(responseCode = "422", description = "The drafts have mistakes; findings lists every one")
    public ResponseEntity<?> dryRun(@RequestBody DryRunBody body) {
        Bundle now = serving.bundle();
        Drafts drafts = Drafts.of(now, body.rules());
        Bundle draft = drafts.bundle();
        return draft == null
                ? drafts.refusal()
                : ResponseEntity.ok(there(dryRuns).run(subject(body), now, draft));
    }

    /**
     * @param rules by channel, the whole of its file: YAML text, or the same as JSON; at least one
     * @param days how far back, 30 when left out, 366 at most
     * @param listed how many changes are told one by one, 100 when left out, 1000 at most
     */
    public record BackTestBody(
            @Nullable Map<String, JsonNode> rules, @Nullable Integer days, @Nullable Integer listed) {}

    @PostMapping("/back-test")
    @Operation(summary = "Draft rules on all orders of some days: what would change, which rules never or always hold")
    @ApiResponse(responseCode = "200")
    @ApiResponse(responseCode = "409", description = "Another one is running")
    @ApiResponse(responseCode = "422", description = "The drafts have mistakes; findings lists every one")
    public ResponseEntity<?> backTest(@RequestBody BackTestBody body) {
        if (body.rules() == null || body.rules().isEmpty()) {
            throw new WaybillException(
                    ApiError.INVALID_BODY, "\"rules\" must hold the draft rules of at least one channel.");
        }
        int days = within("days", body.days(), 30, 366);
        int listed = within("listed", body.listed(), 100, 1000);
        Bundle now = serving.bundle();
        Drafts drafts = Drafts.of(now, body.rules());
        Bundle draft = drafts.bundle();
        return draft == null
                ? drafts.refusal()
                : ResponseEntity.ok(
                        there(backTests).run(now, draft, body.rules().keySet(), Duration.ofDays(days), listed));
    }

    /**
     * @param rules by channel, the whole of its file: YAML text, or the same as JSON; left out: the rules that serve
     * @param days orders received in so many days, 30 when neither this nor from nor number says which
     * @param destinations the only ones that may change; left out: all
     * @param expect changing of the preview; left out: a preview
     * @param listed how many changes are told one by one, 100 when left out, 1000 at most
     */
    public record ApplyBody(
            @Nullable Map<String, JsonNode> rules,
            @Nullable Integer days,
            @Nullable List<String> destinations,
            @Nullable Long expect,
            @Nullable Integer listed) {}

    @PostMapping("/apply")
    @Operation(
            summary = "Apply rules to orders that are there already: a preview first, then with its count",
            description =
                    "An order that a destination has gets an update, never a second create; what is there stays there."
                            + " Cancelled orders, and those without their personal data, are left alone.")
    @ApiResponse(responseCode = "200")
    @ApiResponse(responseCode = "409", description = "Another one is running, or the count is another one by now")
    @ApiResponse(responseCode = "422", description = "The drafts have mistakes; findings lists every one")
    public ResponseEntity<?> apply(
            @ParameterObject OrderQuery query,
            @RequestBody(required = false) @Nullable ApplyBody given,
            Caller caller) {
        ApplyBody body = given == null ? new ApplyBody(null, null, null, null, null) : given;
        List<String> destinations = body.destinations() == null ? List.of() : body.destinations();
        destinations.forEach(serving::channel);
        Drafts drafts = Drafts.of(serving.bundle(), body.rules());
        if (drafts.bundle() == null) {
            return drafts.refusal();
        }
        Report report = there(applied)
                .run(new Wish(
                        body.rules() == null ? null : drafts.bundle(),
                        body.rules() == null ? Set.of() : body.rules().keySet(),
                        filter(query, body.days()),
                        destinations,
                        body.expect(),
                        within("listed", body.listed(), 100, 1000),
                        caller.name()));
        if (report.applied()) {
            audit.record(
                    caller.name(),
                    "apply-rules",
                    null,
                    body.rules() == null
                            ? "rules that serve"
                            : "draft rules of " + String.join(", ", body.rules().keySet()),
                    Map.of("expected", report.changing(), "changed", report.changed()));
        }
        return ResponseEntity.ok(report);
    }

    private OrderFilter filter(OrderQuery query, @Nullable Integer days) {
        OrderFilter filter = query.filter(serving);
        boolean open = filter.from() == null && filter.number() == null;
        return days == null && !open
                ? filter
                : filter.since(Instant.now().minus(Duration.ofDays(within("days", days, 30, 3660))));
    }

    private static int within(String member, @Nullable Integer value, int otherwise, int most) {
        if (value != null && (value < 1 || value > most)) {
            throw new WaybillException(
                    ApiError.INVALID_BODY, "\"" + member + "\" must be a whole number from 1 to " + most + ".");
        }
        return value == null ? otherwise : value;
    }

    private DryRun.Subject subject(DryRunBody body) {
        JsonNode order = body.order();
        if (order != null && order.canConvertToLong()) {
            return with(there(dryRuns).stored(order.longValue()), body);
        }
        if (order == null || !order.isObject() || body.channel() == null) {
            throw new WaybillException(
                    ApiError.INVALID_BODY,
                    "\"order\" must be the id of an order, or a canonical order with the \"channel\" that it comes from.");
        }
        Order given = canonical("order", () -> EventJson.readOrder(order));
        serving.channel(body.channel());
        return with(new DryRun.Subject(body.channel(), new OrderChanged(given), given, null), body);
    }

    private DryRun.Subject with(DryRun.Subject subject, DryRunBody body) {
        ObjectNode given = body.event();
        if (given == null) {
            return subject;
        }
        String channel = body.channel() == null ? subject.channel() : body.channel();
        serving.channel(channel);
        ObjectNode whole = given.deepCopy();
        if (!whole.has("orderId")) {
            whole.put("orderId", subject.state().id());
        }
        Event event = canonical("event", () -> EventJson.read(whole));
        if (event instanceof OrderChanged) {
            throw new WaybillException(
                    ApiError.INVALID_BODY, "\"event\" is for what happens to an order. Give the order as \"order\".");
        }
        Order state =
                subject.known() == null ? subject.state() : subject.known().tagged();
        return new DryRun.Subject(channel, event, state, subject.known());
    }

    private interface Canonical<T> {
        T read();
    }

    private static <T> T canonical(String member, Canonical<T> canonical) {
        try {
            return canonical.read();
        } catch (InvalidEvent e) {
            throw new WaybillException(ApiError.INVALID_BODY, "\"" + member + "\": " + e.getMessage() + ".", e);
        }
    }

    private static <T> T there(ObjectProvider<T> provider) {
        T found = provider.getIfAvailable();
        if (found == null) {
            throw new WaybillException(
                    ApiError.ROUTES_NOT_SERVING, "No routes are serving yet. Try again in a moment.");
        }
        return found;
    }
}
