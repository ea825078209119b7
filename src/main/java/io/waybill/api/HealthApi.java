package io.waybill.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.waybill.ledger.HealthFigures;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/health")
@Tag(name = "health")
public class HealthApi {
    private final HealthFigures figures;
    private final Serving serving;

    HealthApi(HealthFigures figures, Serving serving) {
        this.figures = figures;
        this.serving = serving;
    }

    @GetMapping
    @Operation(
            summary = "The order health figures, per channel",
            description =
                    "Orders and what was delivered are counted since from (24 hours when left out, 31 days at most); "
                            + "what waits, failed or is parked is counted whole.")
    public HealthFigures.Figures health(@RequestParam(required = false) @Nullable String from) {
        return figures.read(serving.namesIfServing(), Ask.from(from));
    }
}
