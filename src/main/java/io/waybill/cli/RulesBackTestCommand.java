package io.waybill.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
        name = "back-test",
        description = {
            "Asks the running server what drafts of rules would have done with the orders of the last days.",
            "Exit status: 0 told, 1 the drafts have mistakes, 2 the server is away or refuses the question."
        },
        mixinStandardHelpOptions = true)
final class RulesBackTestCommand implements Callable<Integer> {
    private final Environment environment;

    @Parameters(
            arity = "1..*",
            paramLabel = "draft.yaml",
            description = "Files named after their channel: shop.yaml has rules of shop.")
    private List<Path> drafts = List.of();

    @Option(names = "--days", defaultValue = "30", description = "How far back, 366 at most. Default: 30.")
    private int days;

    @Option(names = "--listed", defaultValue = "20", description = "How many changes to list. Default: 20.")
    private int listed;

    @Option(names = "--json", description = "Prints the whole answer.")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    RulesBackTestCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws InterruptedException {
        DraftQuestion question = new DraftQuestion(environment, drafts);
        ObjectNode body = question.body().put("days", days).put("listed", listed);
        return question.ask("/api/rules/back-test", body, spec, json ? DraftQuestion::whole : this::tell);
    }

    private void tell(JsonNode answer, PrintWriter out) {
        out.printf(
                "%d orders since %s, %d events, %d would change%n",
                answer.path("orders").asLong(),
                answer.path("since").asText(),
                answer.path("events").asLong(),
                answer.path("changed").asLong());
        for (JsonNode to : answer.path("destinations")) {
            out.printf(
                    "%s: of %d published instead %d, withheld instead %d, otherwise %d%n",
                    to.path("channel").asText(),
                    to.path("decisions").asLong(),
                    to.path("publishedInstead").asLong(),
                    to.path("withheldInstead").asLong(),
                    to.path("otherwise").asLong());
        }
        for (JsonNode change : answer.path("changes")) {
            out.printf(
                    "  order %d %s to %s: %s, now %s%n",
                    change.path("order").asLong(),
                    change.path("event").asText(),
                    change.path("destination").asText(),
                    change.path("draft").asText(),
                    change.path("now").asText());
        }
        answer.path("rules").properties().forEach(rules -> rules.getValue()
                .forEach(rule -> out.printf(
                        "%s %s (%s): %s, held %d, failed %d of %d%n",
                        rules.getKey(),
                        rule.path("rule").asText(),
                        rule.path("attribute").asText(),
                        rule.path("standing").asText(),
                        rule.path("held").asLong(),
                        rule.path("failed").asLong(),
                        rule.path("asked").asLong())));
    }
}
