package io.waybill.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.waybill.api.access.Caller;
import io.waybill.ledger.ManualRetries;
import io.waybill.ledger.ReceiptViews;
import io.waybill.ledger.Slice;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/receipts")
@Tag(name = "receipts")
public class ReceiptsApi {
    private final ReceiptViews receipts;
    private final ManualRetries retries;

    ReceiptsApi(ReceiptViews receipts, ManualRetries retries) {
        this.receipts = receipts;
        this.retries = retries;
    }

    @GetMapping
    @Operation(summary = "Receipts that are not imported, newest first")
    public Slice<ReceiptViews.ReceiptRow> list(
            @Schema(allowableValues = {"waiting", "parked", "conflict"}) @RequestParam(required = false) @Nullable
                    String state,
            @RequestParam(required = false) @Nullable String channel,
            @ParameterObject PageQuery page) {
        return receipts.list(
                Ask.word("state", state, ReceiptViews.State.values(), ReceiptViews.State::word),
                Ask.text("channel", channel),
                page.after(),
                page.size());
    }

    @GetMapping("/{id}")
    @Operation(summary = "One receipt with its body as it arrived")
    public ReceiptViews.ReceiptWhole one(@PathVariable long id) {
        return receipts.one(id);
    }

    @PostMapping("/{id}/retry")
    @Operation(summary = "Import a parked receipt again")
    public ReceiptViews.ReceiptWhole retry(@PathVariable long id, Caller caller) {
        retries.receipt(id, caller.name());
        return receipts.one(id);
    }
}
