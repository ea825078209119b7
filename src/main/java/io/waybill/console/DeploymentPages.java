package io.waybill.console;

import io.waybill.api.DeploymentHistory;
import io.waybill.api.DeploymentsApi;
import io.waybill.api.PageQuery;
import io.waybill.api.access.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What serves and served, what was refused and why; reload and rollback for admins. */
@Controller
@RequestMapping("/console/deployments")
class DeploymentPages {
    private final DeploymentsApi deployments;
    private final Answers answers;

    DeploymentPages(DeploymentsApi deployments, Answers answers) {
        this.deployments = deployments;
        this.answers = answers;
    }

    @GetMapping
    String list(PageQuery page, HttpServletRequest request, Model model) {
        Map<String, @Nullable Object> status = answers.of(deployments.list(page));
        model.addAttribute("d", status);
        model.addAttribute("next", Paging.next(request, status));
        return "deployments";
    }

    @GetMapping("/{id}")
    String one(@PathVariable long id, Model model) {
        DeploymentHistory.Whole whole = deployments.one(id);
        model.addAttribute("v", answers.of(whole.version()));
        model.addAttribute("diff", whole.diff());
        return "deployment";
    }

    @PostMapping("/reload")
    String reload(Caller caller, RedirectAttributes flash) {
        return deployed(flash, () -> deployments.reload(caller));
    }

    @PostMapping("/{id}/rollback")
    String rollback(@PathVariable long id, Caller caller, RedirectAttributes flash) {
        return deployed(flash, () -> deployments.rollbackTo(id, caller));
    }

    private String deployed(RedirectAttributes flash, Supplier<ResponseEntity<?>> deed) {
        return Deeds.then("/console/deployments", flash, () -> {
            Map<String, @Nullable Object> answer = answers.of(deed.get());
            return answer.containsKey("refused")
                    ? "Refused: the version that served goes on serving. " + answer.get("refused")
                    : "Deployment: " + answer.get("outcome") + ".";
        });
    }
}
