package io.waybill.console;

import io.waybill.api.AuditApi;
import io.waybill.api.ChannelsApi;
import io.waybill.api.DeliveriesApi;
import io.waybill.api.DeliveryQuery;
import io.waybill.api.IssuesApi;
import io.waybill.api.PageQuery;
import io.waybill.api.ReceiptsApi;
import io.waybill.api.SyncLogApi;
import io.waybill.api.SyncQuery;
import io.waybill.api.access.Caller;
import io.waybill.ledger.ManualRetries;
import io.waybill.ledger.SyncWhole;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What needs somebody, and what happened: issues, parked messages, the sync log, the audit log. */
@Controller
@RequestMapping("/console")
class WorkPages {
    private final IssuesApi issues;
    private final DeliveriesApi deliveries;
    private final ReceiptsApi receipts;
    private final SyncLogApi log;
    private final AuditApi audit;
    private final ChannelsApi channels;
    private final Answers answers;

    WorkPages(
            IssuesApi issues,
            DeliveriesApi deliveries,
            ReceiptsApi receipts,
            SyncLogApi log,
            AuditApi audit,
            ChannelsApi channels,
            Answers answers) {
        this.issues = issues;
        this.deliveries = deliveries;
        this.receipts = receipts;
        this.log = log;
        this.audit = audit;
        this.channels = channels;
        this.answers = answers;
    }

    @GetMapping("/issues")
    String issues(@RequestParam(required = false) @Nullable String state, PageQuery page, Model model) {
        model.addAttribute("issues", answers.of(issues.list(state, null)).get("items"));
        model.addAttribute("state", state);
        model.addAttribute(
                "parked", answers.of(receipts.list("parked", null, page)).get("items"));
        return "issues";
    }

    @PostMapping("/issues/{id}/{deed:acknowledge|ignore|reopen|retry}")
    String issue(@PathVariable String id, @PathVariable String deed, Caller caller, RedirectAttributes flash) {
        return Deeds.then("/console/issues", flash, () -> said(id, deed, caller));
    }

    private String said(String id, String deed, Caller caller) {
        switch (deed) {
            case "acknowledge" -> issues.acknowledge(id, caller);
            case "ignore" -> issues.ignore(id, caller);
            case "reopen" -> issues.reopen(id, caller);
            default -> {
                ManualRetries.Bulk bulk =
                        deliveries.retryMany(new DeliveryQuery(null, null, null, null, null, null, id), caller);
                return bulk.matched() + " matched, " + bulk.requeued() + " due now, " + bulk.skipped() + " skipped.";
            }
        }
        return "Done: " + deed + ".";
    }

    @PostMapping("/receipts/{id}/retry")
    String receipt(@PathVariable long id, Caller caller, RedirectAttributes flash) {
        return Deeds.then("/console/issues", flash, () -> {
            receipts.retry(id, caller);
            return "Message " + id + " is imported again.";
        });
    }

    @GetMapping("/sync-log")
    String log(SyncQuery query, PageQuery page, HttpServletRequest request, Model model) {
        Map<String, @Nullable Object> slice = answers.of(log.list(query, page));
        model.addAttribute("entries", slice.get("items"));
        model.addAttribute("query", answers.of(query));
        model.addAttribute("next", Paging.next(request, slice));
        model.addAttribute("channels", answers.of(channels.list()).get("items"));
        return "sync-log";
    }

    @GetMapping("/sync-log/{id}")
    String entry(@PathVariable String id, Model model) {
        SyncWhole whole = log.one(id);
        model.addAttribute("e", answers.of(whole));
        model.addAttribute(
                "received",
                whole.received() == null ? null : answers.shown(whole.received().body()));
        model.addAttribute("mapped", answers.shown(whole.mapped()));
        model.addAttribute("request", answers.shown(whole.request()));
        model.addAttribute("response", answers.shown(whole.response()));
        model.addAttribute("detail", answers.shown(whole.detail()));
        return "sync-entry";
    }

    @GetMapping("/audit")
    String audit(
            @RequestParam(required = false) @Nullable String by,
            @RequestParam(required = false) @Nullable String action,
            PageQuery page,
            HttpServletRequest request,
            Model model) {
        Map<String, @Nullable Object> slice = answers.of(audit.list(null, by, action, null, null, page));
        model.addAttribute("entries", slice.get("items"));
        model.addAttribute("by", by);
        model.addAttribute("action", action);
        model.addAttribute("next", Paging.next(request, slice));
        return "audit";
    }
}
