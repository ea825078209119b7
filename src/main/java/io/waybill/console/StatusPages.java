package io.waybill.console;

import io.waybill.api.StatusMappingsApi;
import io.waybill.api.StatusRunsApi;
import io.waybill.api.access.Caller;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.util.UriUtils;

/** Status mappings: what they say, what auto-mapping would propose, and a run now. Files are the truth: they are edited there. */
@Controller
@RequestMapping("/console/statuses")
class StatusPages {
    private final StatusMappingsApi mappings;
    private final StatusRunsApi runs;
    private final Answers answers;

    StatusPages(StatusMappingsApi mappings, StatusRunsApi runs, Answers answers) {
        this.mappings = mappings;
        this.runs = runs;
        this.answers = answers;
    }

    @GetMapping
    String list(Model model) {
        model.addAttribute("mappings", answers.of(mappings.list()).get("items"));
        return "statuses";
    }

    @GetMapping("/{name}")
    String one(
            @PathVariable String name,
            @RequestParam(required = false) @Nullable String propose,
            Caller caller,
            Model model) {
        model.addAttribute("m", answers.of(mappings.one(name)));
        model.addAttribute(
                "proposals",
                propose == null
                        ? null
                        : answers.of(runs.autoMap(name, null, caller)).get("proposals"));
        return "status";
    }

    @PostMapping("/{name}/run")
    String run(@PathVariable String name, Caller caller, RedirectAttributes flash) {
        String page = "/console/statuses/" + UriUtils.encodePathSegment(name, java.nio.charset.StandardCharsets.UTF_8);
        return Deeds.then(page, flash, () -> {
            var counts = runs.run(name, caller).counts();
            return "Looked at " + counts.looked() + ", changed " + counts.changed() + ", unmapped " + counts.unmapped()
                    + ", failed " + counts.failed() + ".";
        });
    }
}
