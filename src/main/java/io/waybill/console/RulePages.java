package io.waybill.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.waybill.api.ChannelsApi;
import io.waybill.api.OrderQuery;
import io.waybill.api.RulesApi;
import io.waybill.api.access.Caller;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Draft rules tried on one order and on the orders of the past, and applied to them. */
@Controller
@RequestMapping("/console/rules")
class RulePages {
    private static final int LISTED = 50;

    private final RulesApi rules;
    private final ChannelsApi channels;
    private final Answers answers;

    RulePages(RulesApi rules, ChannelsApi channels, Answers answers) {
        this.rules = rules;
        this.channels = channels;
        this.answers = answers;
    }

    /**
     * What stands in the form.
     *
     * @param channel whose rules the draft is; empty for the rules that serve
     */
    record Form(
            @Nullable String channel,
            @Nullable String draft,
            @Nullable Long order,
            @Nullable Integer days,
            @Nullable Long expect) {
        private @Nullable Map<String, JsonNode> rules() {
            return draft == null || draft.isBlank() || channel == null
                    ? null
                    : Map.of(channel, TextNode.valueOf(draft));
        }
    }

    @GetMapping
    String form(Form form, Model model) {
        return page(form, model);
    }

    @PostMapping
    String ask(Form form, @RequestParam String deed, Caller caller, Model model) {
        model.addAttribute("asked", deed);
        switch (deed) {
            case "dry-run" -> model.addAttribute("answer", answers.of(dryRun(form)));
            case "back-test" ->
                model.addAttribute(
                        "answer",
                        answers.of(rules.backTest(new RulesApi.BackTestBody(form.rules(), form.days(), LISTED))));
            case "preview" -> model.addAttribute("answer", answers.of(apply(form, null, caller)));
            default -> model.addAttribute("answer", answers.of(apply(form, form.expect(), caller)));
        }
        return page(form, model);
    }

    private org.springframework.http.ResponseEntity<?> dryRun(Form form) {
        Long order = form.order();
        return rules.dryRun(
                new RulesApi.DryRunBody(form.rules(), order == null ? null : LongNode.valueOf(order), null, null));
    }

    private org.springframework.http.ResponseEntity<?> apply(Form form, @Nullable Long expect, Caller caller) {
        return rules.apply(
                new OrderQuery(null, null, null, null, null, null, null, null, null),
                new RulesApi.ApplyBody(form.rules(), form.days(), null, expect, LISTED),
                caller);
    }

    private String page(Form form, Model model) {
        model.addAttribute("form", form);
        model.addAttribute("channels", answers.of(channels.list()).get("items"));
        return "rules";
    }
}
