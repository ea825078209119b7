package io.waybill.console;

import io.waybill.api.ChannelRow;
import io.waybill.api.ChannelsApi;
import io.waybill.api.DeploymentsApi;
import io.waybill.api.HealthApi;
import io.waybill.api.IssuesApi;
import io.waybill.api.PageQuery;
import io.waybill.flow.ChannelGates;
import io.waybill.order.WaybillException;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** The first page: how everything is. And the way in. */
@Controller
@RequestMapping("/console")
class HomePages {
    private static final int ISSUES = 8;

    private final HealthApi health;
    private final IssuesApi issues;
    private final DeploymentsApi deployments;
    private final ChannelsApi channels;
    private final ChannelGates gates;
    private final Answers answers;

    HomePages(
            HealthApi health,
            IssuesApi issues,
            DeploymentsApi deployments,
            ChannelsApi channels,
            ChannelGates gates,
            Answers answers) {
        this.health = health;
        this.issues = issues;
        this.deployments = deployments;
        this.channels = channels;
        this.gates = gates;
        this.answers = answers;
    }

    @GetMapping
    String home(Model model) {
        Map<String, @Nullable Object> figures = answers.of(health.health(null));
        model.addAttribute("health", figures);
        model.addAttribute("circuits", circuits(figures));
        List<?> open = (List<?>) answers.of(issues.list(null, null)).get("items");
        model.addAttribute("issueCount", open == null ? 0 : open.size());
        model.addAttribute("issues", open == null ? List.of() : open.subList(0, Math.min(ISSUES, open.size())));
        model.addAttribute("deployment", deployment());
        model.addAttribute("shadows", shadows());
        return "home";
    }

    private Map<String, String> circuits(Map<String, @Nullable Object> figures) {
        Map<String, String> circuits = new HashMap<>();
        if (figures.get("channels") instanceof List<?> channels) {
            channels.forEach(channel -> {
                String name = String.valueOf(((Map<?, ?>) channel).get("channel"));
                circuits.put(name, gates.circuit(name));
            });
        }
        return circuits;
    }

    private List<String> shadows() {
        try {
            return channels.list().items().stream()
                    .filter(ChannelRow::shadow)
                    .map(ChannelRow::name)
                    .toList();
        } catch (WaybillException e) {
            return List.of();
        }
    }

    /** The page is there for the moments when nothing serves, too. */
    private @Nullable Map<String, @Nullable Object> deployment() {
        try {
            return answers.of(deployments.list(new PageQuery(null, "1")));
        } catch (WaybillException e) {
            return null;
        }
    }

    @GetMapping("/login")
    String login(
            @RequestParam(required = false) @Nullable String refused,
            @RequestParam(required = false) @Nullable String out,
            Model model) {
        model.addAttribute("wrong", refused != null);
        model.addAttribute("left", out != null);
        return "login";
    }

    /** Where a refused request is forwarded to, with whatever method it had. */
    @RequestMapping("/refused")
    String refused(Model model) {
        model.addAttribute(
                "what",
                "Your token's role does not allow this, or your session ended meanwhile. Log in with a token of a higher role"
                        + " (viewer, operator, admin), or once more.");
        return "error";
    }

    @GetMapping("/console.css")
    ResponseEntity<Resource> style() throws IOException {
        return file("console.css", MediaType.valueOf("text/css"));
    }

    @GetMapping("/icon.svg")
    ResponseEntity<Resource> icon() throws IOException {
        return file("icon.svg", MediaType.valueOf("image/svg+xml"));
    }

    private static ResponseEntity<Resource> file(String name, MediaType type) {
        return ResponseEntity.ok()
                .contentType(type)
                .cacheControl(CacheControl.maxAge(Duration.ofHours(1)))
                .body(new ClassPathResource("console/" + name));
    }

    @GetMapping("/**")
    String nothing() {
        throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
}
