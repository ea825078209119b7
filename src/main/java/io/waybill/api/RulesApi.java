package io.waybill.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.waybill.channel.Bundle;
import io.waybill.flow.BackTest;
import io.waybill.flow.DryRun;
import io.waybill.order.Event;
import io.waybill.order.EventJson;
import io.waybill.order.InvalidEvent;
import io.waybill.order.Order;
import io.waybill.order.OrderChanged;
import io.waybill.order.WaybillException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Rules tried before they are saved. Nothing here changes anything. */
@RestController
@RequestMapping("/api/rules")
@Tag(name = "rules")
class RulesApi {
    private final Serving serving;
    private final ObjectProvider<DryRun> dryRuns;
    private final ObjectProvider<BackTest> backTests;

    RulesApi(Serving serving, ObjectProvider<DryRun> dryRuns, ObjectProvider<BackTest> backTests) {
        this.serving = serving;
        this.dryRuns = dryRuns;
        this.backTests = backTests;
    }

    /**
     * @param rules by channel, the whole of its file: YAML text, or the same as JSON; left out: the rules that serve
     * @param order our id of an order, or a canonical order
     * @param channel where an order that is given comes from, or the event; left out: the order's source
     * @param event a canonical event about that order; left out: the order itself
     */
    record DryRunBody(
            @Nullable Map<String, JsonNode> rules,
            @Schema(description = "our id of an order, or a canonical order") @Nullable JsonNode order,
            @Nullable String channel,
            @Schema(description = "a canonical event about that order; left out: the order itself") @Nullable
                    ObjectNode event) {}

    @PostMapping("/dry-run")
    @Operation(summary = "Draft rules on one order: every decision with its trace; nothing changes")
    @ApiResponse(responseCode = "200")
    @ApiResponse(responseCode = "422", description = "The drafts have mistakes; findings lists every one")
    ResponseEntity<?> dryRun(@RequestBody DryRunBody body) {
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
    record BackTestBody(@Nullable Map<String, JsonNode> rules, @Nullable Integer days, @Nullable Integer listed) {}

    @PostMapping("/back-test")
    @Operation(summary = "Draft rules on all orders of some days: what would change, which rules never or always hold")
    @ApiResponse(responseCode = "200")
    @ApiResponse(responseCode = "409", description = "Another one is running")
    @ApiResponse(responseCode = "422", description = "The drafts have mistakes; findings lists every one")
    ResponseEntity<?> backTest(@RequestBody BackTestBody body) {
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
