package io.waybill.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A headless Chromium with one page, driven over its DevTools protocol. Each step ends when the page it leads to is loaded. */
final class Browser implements AutoCloseable {
    private static final Pattern ADDRESS = Pattern.compile("DevTools listening on ws://([^/]+)/");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ANSWER_SECONDS = 60;

    private final Process process;
    private final WebSocket socket;
    private final BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
    private int last;

    private Browser(Process process, String address) throws IOException, InterruptedException {
        this.process = process;
        HttpClient http = HttpClient.newHttpClient();
        JsonNode pages = JSON.readTree(http.send(
                        HttpRequest.newBuilder(URI.create("http://" + address + "/json/list"))
                                .build(),
                        BodyHandlers.ofString())
                .body());
        String page = Stream.iterate(0, i -> i < pages.size(), i -> i + 1)
                .map(pages::get)
                .filter(p -> p.path("type").asText().equals("page"))
                .findFirst()
                .orElseThrow()
                .path("webSocketDebuggerUrl")
                .asText();
        this.socket = http.newWebSocketBuilder()
                .buildAsync(URI.create(page), new Listener())
                .join();
        ask("Page.enable", JSON.createObjectNode());
    }

    /** Empty where no Chromium is on the PATH. */
    static Optional<Browser> start(Path profile) throws IOException, InterruptedException {
        Optional<Path> program = Stream.of(
                        System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .flatMap(folder -> Stream.of("chromium", "chromium-browser", "google-chrome")
                        .map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
        return program.isEmpty() ? Optional.empty() : Optional.of(start(program.get(), profile));
    }

    private static Browser start(Path program, Path profile) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        program.toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--hide-scrollbars",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "about:blank")
                .redirectErrorStream(true)
                .start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            Matcher address = ADDRESS.matcher(line);
            if (address.find()) {
                drain(out);
                return new Browser(process, address.group(1));
            }
        }
        throw new IOException("Chromium did not start");
    }

    /** A full pipe would stop it. */
    private static void drain(BufferedReader out) {
        Thread reader = new Thread(() -> out.lines().forEach(line -> {}), "chromium-output");
        reader.setDaemon(true);
        reader.start();
    }

    void open(String address) {
        load(() -> ask("Page.navigate", JSON.createObjectNode().put("url", address)));
    }

    /** Clicks the first element that fits and waits for the page after. */
    void click(String selector) {
        leave(selector, "click");
    }

    /** Submits the form that the element stands in, by the element. */
    void clickWithText(String text) {
        load(() -> run("[...document.querySelectorAll('button')].find(b => b.textContent.trim() === " + quoted(text)
                + ").click()"));
    }

    private void leave(String selector, String deed) {
        load(() -> run("document.querySelector(" + quoted(selector) + ")." + deed + "()"));
    }

    void fill(String selector, String value) {
        run("document.querySelector(" + quoted(selector) + ").value = " + quoted(value));
    }

    private void load(Runnable step) {
        messages.clear();
        step.run();
        for (JsonNode message = next(); ; message = next()) {
            if (message.path("method").asText().equals("Page.loadEventFired")) {
                return;
            }
        }
    }

    String text(String selector) {
        return run("[...document.querySelectorAll(" + quoted(selector) + ")].map(e => e.innerText).join(' ')")
                .asText();
    }

    /** What an expression comes to. */
    JsonNode run(String script) {
        ObjectNode question = JSON.createObjectNode().put("expression", script).put("returnByValue", true);
        JsonNode answer = ask("Runtime.evaluate", question);
        if (answer.has("exceptionDetails")) {
            throw new IllegalStateException(script + ": " + answer.path("exceptionDetails"));
        }
        return answer.at("/result/value");
    }

    void size(int width, int height) {
        ask(
                "Emulation.setDeviceMetricsOverride",
                JSON.createObjectNode()
                        .put("width", width)
                        .put("height", height)
                        .put("deviceScaleFactor", 1)
                        .put("mobile", false));
    }

    void scheme(String colours) {
        ObjectNode question = JSON.createObjectNode();
        question.putArray("features")
                .addObject()
                .put("name", "prefers-color-scheme")
                .put("value", colours);
        ask("Emulation.setEmulatedMedia", question);
    }

    byte[] picture() {
        ObjectNode question = JSON.createObjectNode().put("format", "png").put("captureBeyondViewport", true);
        return Base64.getDecoder()
                .decode(ask("Page.captureScreenshot", question).path("data").asText());
    }

    private static String quoted(String text) {
        return JSON.getNodeFactory().textNode(text).toString();
    }

    private JsonNode ask(String method, JsonNode params) {
        int id = ++last;
        ObjectNode question = JSON.createObjectNode().put("id", id).put("method", method);
        question.set("params", params);
        socket.sendText(question.toString(), true).join();
        List<JsonNode> others = new ArrayList<>();
        for (JsonNode message = next(); ; message = next()) {
            if (message.path("id").asInt() == id) {
                messages.addAll(others);
                if (message.has("error")) {
                    throw new IllegalStateException(method + ": " + message.path("error"));
                }
                return message.path("result");
            }
            others.add(message);
        }
    }

    private JsonNode next() {
        try {
            @Nullable JsonNode message = messages.poll(ANSWER_SECONDS, TimeUnit.SECONDS);
            if (message == null) {
                throw new IllegalStateException("Chromium does not answer");
            }
            return message;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Ends when nothing of it writes to its profile any more. */
    @Override
    public void close() {
        socket.abort();
        List<ProcessHandle> all = Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(one -> one.onExit().join());
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean end) {
            text.append(data);
            if (end) {
                try {
                    messages.add(JSON.readTree(text.toString()));
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
                text.setLength(0);
            }
            from.request(1);
            return null;
        }
    }
}
