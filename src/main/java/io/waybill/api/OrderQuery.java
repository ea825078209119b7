package io.waybill.api;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.waybill.channel.Channel.OrderForm.As;
import io.waybill.ledger.OrderFilter;
import io.waybill.ledger.PushState;
import io.waybill.ledger.SyncState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The filters of the order list, as they stand in the address. */
public record OrderQuery(
        @Schema(allowableValues = {"not_pushed", "partially_pushed", "pushed", "cancelled"}) @Nullable String push,
        @Parameter(description = "How the order stands at a destination: at the one in channel, or at any")
                @Schema(
                        allowableValues = {
                            "synced",
                            "not_synced",
                            "in_progress",
                            "eligible",
                            "failed",
                            "unknown",
                            "withheld"
                        })
                @Nullable
                String sync,
        @Parameter(description = "The form that the order takes at a destination")
                @Schema(allowableValues = {"quotation", "sale-order", "invoice"})
                @Nullable
                String as,
        @Parameter(description = "The source or a destination; with sync the destination") @Nullable String channel,
        @Parameter(description = "The order's number, with or without #") @Nullable String number,
        @Nullable String tag,
        @Parameter(description = "The beginning of a number, or an id or reference at any channel") @Nullable String q,
        @Parameter(description = "Received at or after: a day or an RFC 3339 instant", example = "2026-11-20") @Nullable
                String from,
        @Parameter(description = "Received before; a day counts whole", example = "2026-11-21T00:00:00Z") @Nullable
                String to) {

    OrderFilter filter(Serving serving) {
        String text = Ask.text("q", q);
        return new OrderFilter(
                Ask.word("push", push, PushState.values(), PushState::word),
                Ask.word("sync", sync, SyncState.values(), SyncState::word),
                Ask.text("channel", channel),
                serving.destinationsAs(Ask.word("as", as, As.values(), Serving::word)),
                Ask.text("number", number),
                Ask.text("tag", tag),
                text,
                Ask.from(from),
                Ask.to(to),
                text == null ? List.of() : List.copyOf(serving.names()));
    }
}
