package io.waybill.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.order.EventJson;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "reload",
        description = {
            "Lets the running server read its routes folder now and switch to it, also to what was refused or rolled back before.",
            "Exit status: 0 it serves, 1 it was refused and what served before serves on, 2 the server is away."
        },
        mixinStandardHelpOptions = true)
final class ReloadCommand implements Callable<Integer> {
    private final Environment environment;

    @Option(
            names = "--rollback",
            paramLabel = "<deployment>",
            description = "Instead: back, or forward, to this accepted version (GET /api/deployments lists them).")
    private @Nullable Long rollback;

    @Spec
    private @Nullable CommandSpec spec;

    ReloadCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws InterruptedException {
        String path = rollback == null ? "/api/deployments/reload" : "/api/deployments/" + rollback + "/rollback";
        return new RunningServer(environment)
                .post(path, EventJson.MAPPER.createObjectNode(), spec, ReloadCommand::tell);
    }

    private static void tell(JsonNode answer, PrintWriter out) {
        out.printf(
                "%s: deployment %d serves (%s)%n",
                answer.path("outcome").asText(),
                answer.path("id").asLong(),
                answer.path("hash").asText());
    }
}
