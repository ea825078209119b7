package io.waybill.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.waybill.api.access.Caller;
import io.waybill.ledger.IssueState;
import io.waybill.ledger.IssueViews;
import io.waybill.ledger.Issues;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/issues")
@Tag(name = "issues")
public class IssuesApi {
    private final IssueViews views;
    private final Issues issues;

    IssuesApi(IssueViews views, Issues issues) {
        this.views = views;
        this.issues = issues;
    }

    /** The 500 that hold up most. */
    public record IssueList(List<IssueViews.Issue> items) {}

    @GetMapping
    @Operation(
            summary = "Failures in groups; those that hold up most come first",
            description =
                    "Grouped by channel, operation, code and what their messages have in common. Without state: those"
                            + " open or acknowledged.")
    public IssueList list(
            @Schema(allowableValues = {"open", "acknowledged", "ignored", "resolved"})
                    @RequestParam(required = false)
                    @Nullable
                    String state,
            @RequestParam(required = false) @Nullable String channel) {
        return new IssueList(views.list(
                Ask.word("state", state, IssueState.values(), IssueState::word), Ask.text("channel", channel)));
    }

    @GetMapping("/{id}")
    @Operation(summary = "One issue")
    public IssueViews.Issue one(@PathVariable String id) {
        return views.one(id);
    }

    @PostMapping("/{id}/acknowledge")
    @Operation(summary = "Somebody is on it")
    public IssueViews.Issue acknowledge(@PathVariable String id, Caller caller) {
        issues.acknowledge(id, caller.name());
        return views.one(id);
    }

    @PostMapping("/{id}/ignore")
    @Operation(summary = "Do not show it again, however often it comes")
    public IssueViews.Issue ignore(@PathVariable String id, Caller caller) {
        issues.ignore(id, caller.name());
        return views.one(id);
    }

    @PostMapping("/{id}/reopen")
    @Operation(summary = "Take back an acknowledgement, or that it is ignored")
    public IssueViews.Issue reopen(@PathVariable String id, Caller caller) {
        issues.reopen(id, caller.name());
        return views.one(id);
    }
}
