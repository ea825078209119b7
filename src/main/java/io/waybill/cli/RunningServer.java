package io.waybill.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.order.EventJson;
import io.waybill.order.InvalidEvent;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** The server that runs on this machine, asked with the admin token of this installation. */
final class RunningServer {
    private static final int UNPROCESSABLE = 422;

    private final Environment environment;

    RunningServer(Environment environment) {
        this.environment = environment;
    }

    /** Tells the answer, or the findings of a refusal; answers the exit status. */
    int post(String path, JsonNode body, @Nullable CommandSpec spec, BiConsumer<JsonNode, PrintWriter> tell)
            throws InterruptedException {
        HttpResponse<byte[]> answer = post(path, body);
        JsonNode told = tree(answer);
        PrintWriter out = Terminal.of(spec);
        if (answer.statusCode() == 200) {
            tell.accept(told, out);
            out.flush();
            return ExitStatus.FINE;
        }
        if (answer.statusCode() == UNPROCESSABLE && told.has("findings")) {
            told.path("findings").forEach(finding -> out.println(line(finding)));
            out.flush();
            return ExitStatus.FINDINGS;
        }
        throw new Unusable("The server answers " + answer.statusCode() + ": "
                + told.path("detail").asText("nothing more") + " ["
                + told.path("code").asText() + "]");
    }

    private static String line(JsonNode finding) {
        return finding.path("file").asText() + ":" + finding.path("line").asInt() + ": "
                + finding.path("message").asText() + " Fix: "
                + finding.path("fix").asText() + " [" + finding.path("code").asText() + "]";
    }

    private static JsonNode tree(HttpResponse<byte[]> answer) {
        try {
            return EventJson.tree(answer.body());
        } catch (InvalidEvent e) {
            throw new Unusable("What answers there is no Waybill. Fix: --port, or WAYBILL_PORT.");
        }
    }

    private HttpResponse<byte[]> post(String path, JsonNode body) throws InterruptedException {
        String server = "http://" + environment.get("WAYBILL_BIND") + ":" + environment.get("WAYBILL_PORT");
        HttpRequest request = HttpRequest.newBuilder(URI.create(server + path))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + token())
                .POST(HttpRequest.BodyPublishers.ofByteArray(EventJson.bytes(body)))
                .build();
        try {
            return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new Unusable("No server answers at " + server + ". Start it with ./waybill serve, or use --port.");
        }
    }

    private String token() {
        String given = environment.get("WAYBILL_ADMIN_TOKEN");
        return given.isEmpty()
                ? new String(
                                DraftQuestion.bytes(
                                        environment.path("WAYBILL_DATA").resolve("admin-token")),
                                UTF_8)
                        .strip()
                : given;
    }

    /** What a person can do something about. */
    static final class Unusable extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unusable(String message) {
            super(message);
        }
    }
}
