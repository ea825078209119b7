package io.waybill.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.waybill.ledger.HealthFigures;
import io.waybill.ledger.IssueViews;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api")
@Tag(name = "health")
class HealthApi {
    private final HealthFigures figures;
    private final IssueViews issues;
    private final Serving serving;

    HealthApi(HealthFigures figures, IssueViews issues, Serving serving) {
        this.figures = figures;
        this.issues = issues;
        this.serving = serving;
    }

    /** All there are; a page of them is never cut. */
    record Issues(List<IssueViews.Issue> items) {}

    @GetMapping("/health")
    @Operation(
            summary = "The order health figures, per channel",
            description =
                    "Orders and what was delivered are counted since from (24 hours when left out, 31 days at most); "
                            + "what waits, failed or is parked is counted whole.")
    HealthFigures.Figures health(@RequestParam(required = false) @Nullable String from) {
        return figures.read(serving.namesIfServing(), Ask.from(from));
    }

    @GetMapping("/issues")
    @Operation(summary = "Failures in groups: channel, operation and code; those that hold up most come first")
    Issues issues(@RequestParam(required = false) @Nullable String channel) {
        return new Issues(issues.open(Ask.text("channel", channel)));
    }
}
