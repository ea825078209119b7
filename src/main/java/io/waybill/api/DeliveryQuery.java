package io.waybill.api;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.waybill.channel.Operation;
import io.waybill.ledger.DeliveryFilter;
import io.waybill.ledger.DeliveryState;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The filters of deliveries, as they stand in the address. */
public record DeliveryQuery(
        @Schema(
                        allowableValues = {
                            "waiting",
                            "in_progress",
                            "delivered",
                            "failed",
                            "unknown",
                            "withheld",
                            "superseded",
                            "void"
                        })
                @Nullable
                String state,
        @Parameter(description = "Why it waits, or was withheld or dropped")
                @Schema(
                        allowableValues = {
                            "due",
                            "retry",
                            "blocked",
                            "manual",
                            "paused",
                            "circuit",
                            "awaiting-mapping",
                            "rule",
                            "rule-error",
                            "capability",
                            "policy",
                            "not-linked",
                            "shadow",
                            "newer",
                            "cancelled",
                            "never-sent",
                            "by-hand"
                        })
                @Nullable
                String reason,
        @Parameter(description = "The destination") @Nullable String channel,
        @Parameter(example = "create-order") @Nullable String operation,
        @Parameter(description = "Our id of the order") @Schema(type = "integer", format = "int64") @Nullable
                String order,
        @Parameter(description = "The error's code") @Nullable String code,
        @Parameter(description = "The issue that holds them up") @Nullable String issue) {
    private static final List<String> REASONS = List.of(
            "due",
            "retry",
            "blocked",
            "manual",
            "paused",
            "circuit",
            "awaiting-mapping",
            "rule",
            "rule-error",
            "capability",
            "policy",
            "not-linked",
            "shadow",
            "newer",
            "cancelled",
            "never-sent",
            "by-hand");
    private static final List<String> OPERATIONS =
            Arrays.stream(Operation.values()).map(Operation::word).toList();

    DeliveryFilter filter() {
        return new DeliveryFilter(
                Ask.word("state", state, DeliveryState.values(), DeliveryState::word),
                Ask.oneOf("reason", reason, REASONS),
                Ask.text("channel", channel),
                Ask.oneOf("operation", operation, OPERATIONS),
                Ask.number("order", order),
                Ask.text("code", code),
                Ask.text("issue", issue));
    }
}
