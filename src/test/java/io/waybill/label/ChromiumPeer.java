package io.waybill.label;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Base64;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One headless Chromium, kept open, asked for PDFs over its DevTools protocol: the fast way to use it. */
final class ChromiumPeer implements AutoCloseable {
    private static final Pattern ADDRESS = Pattern.compile("DevTools listening on ws://([^/]+)/");
    private static final Pattern PAGE = Pattern.compile("\"webSocketDebuggerUrl\":\\s*\"([^\"]+/page/[^\"]+)\"");

    private final Process process;
    private final WebSocket socket;
    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private int last;

    private ChromiumPeer(Process process, String address) throws IOException, InterruptedException {
        this.process = process;
        HttpClient http = HttpClient.newHttpClient();
        String pages = http.send(
                        HttpRequest.newBuilder(URI.create("http://" + address + "/json"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
        Matcher page = PAGE.matcher(pages);
        if (!page.find()) {
            throw new IOException("Chromium shows no page");
        }
        this.socket = http.newWebSocketBuilder()
                .buildAsync(URI.create(page.group(1)), new Listener())
                .join();
        send("Page.enable", "{}");
    }

    /** Null where there is no Chromium. */
    static @Nullable ChromiumPeer start() throws IOException, InterruptedException {
        if (!LabelBench.hasChromium()) {
            return null;
        }
        Process process = new ProcessBuilder(
                        "/usr/bin/chromium",
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + Files.createTempDirectory("chromium"),
                        "about:blank")
                .redirectErrorStream(true)
                .start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            Matcher address = ADDRESS.matcher(line);
            if (address.find()) {
                return new ChromiumPeer(process, address.group(1));
            }
        }
        throw new IOException("Chromium did not start");
    }

    int print(String html) throws IOException, InterruptedException {
        String url =
                "data:text/html;base64," + Base64.getEncoder().encodeToString(html.getBytes(StandardCharsets.UTF_8));
        send("Page.navigate", "{\"url\":\"" + url + "\"}");
        await("Page.loadEventFired");
        String answer = send("Page.printToPDF", "{\"preferCSSPageSize\":true,\"printBackground\":true}");
        return answer.length();
    }

    private String send(String method, String params) throws IOException, InterruptedException {
        int id = ++last;
        socket.sendText("{\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":" + params + "}", true)
                .join();
        return await("\"id\":" + id + ",");
    }

    private String await(String mark) throws IOException, InterruptedException {
        for (String m = messages.poll(30, TimeUnit.SECONDS); m != null; m = messages.poll(30, TimeUnit.SECONDS)) {
            if (m.startsWith("{" + mark) || m.contains(mark)) {
                return m;
            }
        }
        throw new IOException("Chromium does not answer");
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
