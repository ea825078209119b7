package io.waybill.cli.trial;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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

/** One headless Chromium kept open, asked for PDFs over its DevTools protocol: the fast way to use it. */
final class Chromium implements Rival {
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");
    private static final Pattern ADDRESS = Pattern.compile("DevTools listening on ws://([^/]+)/");
    private static final Pattern PAGE = Pattern.compile("\"webSocketDebuggerUrl\":\\s*\"([^\"]+/page/[^\"]+)\"");
    private static final int ANSWER_SECONDS = 30;

    private final Process process;
    private final WebSocket socket;
    private final String page;
    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private int last;

    private Chromium(Process process, String address, byte[] html) throws IOException, InterruptedException {
        this.process = process;
        this.page = "data:text/html;base64," + Base64.getEncoder().encodeToString(html);
        HttpClient http = HttpClient.newHttpClient();
        String pages = http.send(
                        HttpRequest.newBuilder(URI.create("http://" + address + "/json"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
        Matcher shown = PAGE.matcher(pages);
        if (!shown.find()) {
            throw new IOException("Chromium shows no page");
        }
        this.socket = http.newWebSocketBuilder()
                .buildAsync(URI.create(shown.group(1)), new Listener())
                .join();
        send("Page.enable", "{}");
    }

    /** Empty where none is on the PATH. */
    static Optional<Rival> start(byte[] html) throws IOException, InterruptedException {
        Optional<Path> program = onPath();
        return program.isEmpty() ? Optional.empty() : Optional.of(start(program.get(), html));
    }

    private static Optional<Path> onPath() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static Rival start(Path program, byte[] html) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        program.toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + Files.createTempDirectory("waybill-chromium-"),
                        "about:blank")
                .redirectErrorStream(true)
                .start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            Matcher address = ADDRESS.matcher(line);
            if (address.find()) {
                return new Chromium(process, address.group(1), html);
            }
        }
        throw new IOException("Chromium did not start");
    }

    @Override
    public String name() {
        return "headless Chromium, reused";
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public int convert() throws IOException, InterruptedException {
        send("Page.navigate", "{\"url\":\"" + page + "\"}");
        await("Page.loadEventFired");
        return send("Page.printToPDF", "{\"preferCSSPageSize\":true,\"printBackground\":true}")
                .length();
    }

    private String send(String method, String params) throws IOException, InterruptedException {
        int id = ++last;
        socket.sendText("{\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":" + params + "}", true)
                .join();
        return await("\"id\":" + id + ",");
    }

    private String await(String mark) throws IOException, InterruptedException {
        for (String message = next(); message != null; message = next()) {
            if (message.contains(mark)) {
                return message;
            }
        }
        throw new IOException("Chromium does not answer");
    }

    private @Nullable String next() throws InterruptedException {
        return messages.poll(ANSWER_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        socket.abort();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean end) {
            text.append(data);
            if (end) {
                messages.add(text.toString());
                text.setLength(0);
            }
            from.request(1);
            return null;
        }
    }
}
