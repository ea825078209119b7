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
        name = "apply",
        description = {
            "Applies rules to the orders of the last days. Counts what would change; with that count as --expect it changes it.",
            "Exit status: 0 told or done, 1 the drafts have mistakes, 2 the server is away or refuses."
        },
        mixinStandardHelpOptions = true)
final class RulesApplyCommand implements Callable<Integer> {
    private final Environment environment;

    @Parameters(
            arity = "0..*",
            paramLabel = "draft.yaml",
            description = "Files named after their channel. None: the rules that serve.")
    private List<Path> drafts = List.of();

    @Option(names = "--days", defaultValue = "30", description = "Orders received in so many days. Default: 30.")
    private int days;

    @Option(names = "--destination", description = "Only what goes to this channel may change; may be repeated.")
    private List<String> destinations = List.of();

    @Option(names = "--expect", description = "How many orders are to change, as counted before. Left out: a preview.")
    private @Nullable Long expect;

    @Option(names = "--listed", defaultValue = "20", description = "How many changes to list. Default: 20.")
    private int listed;

    @Option(names = "--json", description = "Prints the whole answer.")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    RulesApplyCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws InterruptedException {
        DraftQuestion question = new DraftQuestion(environment, drafts);
        ObjectNode body = question.body().put("days", days).put("listed", listed);
        if (drafts.isEmpty()) {
            body.remove("rules");
        }
        if (expect != null) {
            body.put("expect", expect);
        }
        if (!destinations.isEmpty()) {
            destinations.forEach(body.putArray("destinations")::add);
        }
        return question.ask("/api/rules/apply", body, spec, json ? DraftQuestion::whole : this::tell);
    }

    private void tell(JsonNode answer, PrintWriter out) {
        for (JsonNode to : answer.path("destinations")) {
            out.printf(
                    "%s: published %d, withheld %d, otherwise %d, too late %d%n",
                    to.path("channel").asText(),
                    to.path("published").asLong(),
                    to.path("withheld").asLong(),
                    to.path("otherwise").asLong(),
                    to.path("tooLate").asLong());
        }
        for (JsonNode change : answer.path("changes")) {
            out.printf(
                    "  order %d to %s: %s%n",
                    change.path("order").asLong(),
                    change.path("destination").asText(),
                    change.path("change").asText());
        }
        long changing = answer.path("changing").asLong();
        if (answer.path("applied").asBoolean()) {
            out.printf("%d orders changed%n", answer.path("changed").asLong());
        } else if (changing == 0) {
            out.printf(
                    "%d orders, nothing would change%n", answer.path("orders").asLong());
        } else {
            out.printf(
                    "%d orders, %d would change. To change them: --expect %d%n",
                    answer.path("orders").asLong(), changing, changing);
        }
    }
}
