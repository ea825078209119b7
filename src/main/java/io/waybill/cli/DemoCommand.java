package io.waybill.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "demo",
        description = "Posts a handful of orders into the sandbox of the running server, and says where to look.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    private enum Message {
        PLAIN("1-plain.json", "an order: goes to the store, which ships it and sends a label"),
        GIFT_CARD("2-gift-card.json", "an order with a gift card: a rule keeps that line from the store"),
        ONLY_GIFT_CARD("3-only-gift-card.json", "nothing but a gift card: withheld from the store, and why says so"),
        MISTAKE("4-mistake.json", "half a cent too much: parked, with the path of the mistake"),
        CANCELLED("5-cancelled.json", "the first order is cancelled again");

        private final String file;
        private final String story;

        Message(String file, String story) {
            this.file = file;
            this.story = story;
        }
    }

    private final Environment environment;

    @Spec
    private @Nullable CommandSpec spec;

    DemoCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws InterruptedException {
        String server = "http://" + environment.get("WAYBILL_BIND") + ":" + environment.get("WAYBILL_PORT");
        PrintWriter out = Terminal.of(spec);
        String run = Long.toString(System.currentTimeMillis() / 1000 % 1_000_000);
        HttpClient http = HttpClient.newHttpClient();
        for (Message message : Message.values()) {
            int status = post(http, server, text(message).replace("%RUN%", run));
            if (status < 0 || status == 404) {
                out.println(
                        status < 0
                                ? "Nobody answers at " + server + ". Start ./waybill serve first."
                                : server + " runs without its sandbox. Start it without WAYBILL_SANDBOX=false.");
                out.flush();
                return ExitStatus.UNUSABLE;
            }
            out.printf("%d  %s%n", status, message.story);
        }
        tellWhereToLook(out, server, run);
        return ExitStatus.FINE;
    }

    private void tellWhereToLook(PrintWriter out, String server, String run) {
        out.printf("%nLook, with the token in %s/admin-token:%n", environment.get("WAYBILL_DATA"));
        out.printf("  curl -H \"Authorization: Bearer $TOKEN\" '%s/api/orders?q=%%23D%s'%n", server, run);
        out.printf("  curl -H \"Authorization: Bearer $TOKEN\" '%s/api/receipts?state=parked'%n", server);
        out.printf("Labels, as PDF, and what the desk was told: %s/sandbox/desk%n", environment.get("WAYBILL_DATA"));
        out.flush();
    }

    private static int post(HttpClient http, String server, String body) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server + "/webhooks/sandbox-market"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (ConnectException e) {
            return -1;
        } catch (IOException e) {
            throw new UncheckedIOException("the server broke off", e);
        }
    }

    private static String text(Message message) {
        String path = "/demo/" + message.file;
        try (InputStream in = Objects.requireNonNull(DemoCommand.class.getResourceAsStream(path), path)) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(path, e);
        }
    }
}
