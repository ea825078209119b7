package io.waybill.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.waybill.ledger.Slice;
import io.waybill.ledger.Stocks;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/stock")
@Tag(name = "products")
class StockApi {
    private final ObjectProvider<Stocks> stocks;

    StockApi(ObjectProvider<Stocks> stocks) {
        this.stocks = stocks;
    }

    @GetMapping
    @Operation(summary = "How many of each article channels say they have, and what was last written to them")
    Slice<Stocks.StockRow> list(
            @Parameter(description = "Whose stock") @RequestParam(required = false) @Nullable String channel,
            @RequestParam(required = false) @Nullable String sku,
            @ParameterObject PageQuery page) {
        return stocks.getObject().list(Ask.text("channel", channel), Ask.text("sku", sku), page.after(), page.size());
    }
}
