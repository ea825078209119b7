package io.waybill.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.order.EventJson;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "dry-run",
        description = {
            "Asks the running server what drafts of rules would do with one order. Nothing changes.",
            "Exit status: 0 told, 1 the drafts have mistakes, 2 the server is away or refuses the question."
        },
        mixinStandardHelpOptions = true)
final class RulesDryRunCommand implements Callable<Integer> {
    private final Environment environment;

    @Parameters(
            paramLabel = "draft.yaml",
            description = "Files named after their channel: shop.yaml has rules of shop.")
    private List<Path> drafts = List.of();

    @Option(names = "--order", required = true, description = "The id of an order, or a file with a canonical one.")
    private String order = "";

    @Option(names = "--channel", description = "Where an order in a file comes from; the draft's channel if left out.")
    private @Nullable String channel;

    @Option(names = "--json", description = "Prints the whole answer, every rule's trace in it.")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    RulesDryRunCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws InterruptedException {
        DraftQuestion question = new DraftQuestion(environment, drafts);
        ObjectNode body = question.body();
        if (order.matches("\\d{1,18}")) {
            body.put("order", Long.parseLong(order));
        } else {
            body.set("order", EventJson.tree(DraftQuestion.bytes(Path.of(order))));
            body.put("channel", channel == null ? question.firstChannel() : channel);
        }
        return question.ask("/api/rules/dry-run", body, spec, json ? DraftQuestion::whole : this::tell);
    }

    private void tell(JsonNode answer, PrintWriter out) {
        out.println("tags: " + answer.path("tags") + ", now " + answer.path("tagsNow"));
        for (JsonNode to : answer.path("destinations")) {
            out.println(to.path("channel").asText() + ": "
                    + decision(to.path("draft"))
                    + (to.path("changes").asBoolean() ? "; changes, now " + decision(to.path("now")) : "; as now"));
        }
        answer.path("nearMisses").forEach(near -> out.println("near miss: " + near.asText()));
    }

    private static String decision(JsonNode decision) {
        String reason = decision.path("reason").asText("");
        return decision.path("verdict").asText() + (reason.isEmpty() ? "" : " (" + reason + ")");
    }
}
