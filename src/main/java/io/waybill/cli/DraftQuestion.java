package io.waybill.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.order.EventJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** Draft files, and the running server that is asked about them. */
final class DraftQuestion {
    private final RunningServer server;
    private final List<Path> drafts;

    DraftQuestion(Environment environment, List<Path> drafts) {
        this.server = new RunningServer(environment);
        this.drafts = drafts;
    }

    ObjectNode body() {
        ObjectNode body = EventJson.MAPPER.createObjectNode();
        ObjectNode rules = body.putObject("rules");
        drafts.forEach(draft -> rules.put(channel(draft), new String(bytes(draft), UTF_8)));
        return body;
    }

    String firstChannel() {
        if (drafts.isEmpty()) {
            throw new RunningServer.Unusable("Say where the order comes from. Fix: --channel <name>.");
        }
        return channel(drafts.get(0));
    }

    private static String channel(Path draft) {
        return String.valueOf(draft.getFileName()).replaceFirst("\\.ya?ml$", "");
    }

    static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new RunningServer.Unusable("Cannot read " + file + ". Fix: name a file that is there and readable.");
        }
    }

    int ask(String path, JsonNode body, @Nullable CommandSpec spec, BiConsumer<JsonNode, PrintWriter> tell)
            throws InterruptedException {
        return server.post(path, body, spec, tell);
    }

    static void whole(JsonNode answer, PrintWriter out) {
        out.println(answer.toPrettyString());
    }
}
