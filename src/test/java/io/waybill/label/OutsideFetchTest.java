package io.waybill.label;

import static org.assertj.core.api.Assertions.assertThat;

import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing is fetched, whatever an HTML label refers to; the same pages with the renderer's defaults do fetch. */
class OutsideFetchTest {
    private static final AtomicInteger HITS = new AtomicInteger();
    private static HttpServer listener;
    private static final Labels LABELS = SharedLabels.get();

    @BeforeAll
    static void start() throws IOException {
        byte[] gif = Samples.upsGif();
        listener = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        listener.createContext("/", exchange -> {
            HITS.incrementAndGet();
            exchange.sendResponseHeaders(200, gif.length);
            exchange.getResponseBody().write(gif);
            exchange.close();
        });
        listener.start();
    }

    @AfterAll
    static void stop() {
        listener.stop(0);
    }

    @BeforeEach
    void reset() {
        HITS.set(0);
    }

    static Stream<String> references() {
        return Stream.of(
                "<img src='URL/a.gif'/>",
                "<img src='//HOST/a.gif'/>",
                "<link rel='stylesheet' href='URL/a.css'/>",
                "<style>@import url(URL/a.css);</style>",
                "<style>@\\69mport url(URL/a.css);</style>",
                "<style>body { background: url(URL/a.gif) }</style>",
                "<style>body { background: \\75rl(URL/a.gif) }</style>",
                "<style>@font-face { font-family: x; src: url(URL/a.ttf) } body { font-family: x }</style>",
                "<style>p:before { content: url(URL/a.gif) }</style>",
                "<style>li { list-style-image: url(URL/a.gif) }</style><ul><li>x</li></ul>",
                "<p style='background-image: url(URL/a.gif)'>x</p>",
                "<table background='URL/a.gif'><tr><td>x</td></tr></table>",
                "<iframe src='URL/a.html'></iframe>",
                "<object data='URL/a.gif' type='image/gif'></object>",
                "<embed src='URL/a.gif'/>",
                "<base href='URL/'/><img src='a.gif'/>",
                "<meta http-equiv='refresh' content='0; url=URL/a.html'/>",
                "<a download='x' href='URL/a.html'>x</a>",
                "<input type='image' src='URL/a.gif'/>",
                "<img src='jar:URL/a.jar!/a.gif'/>",
                "<img srcset='URL/a.gif 2x' src='URL/a.gif'/>");
    }

    private static String page(String reference) {
        String host = "127.0.0.1:" + listener.getAddress().getPort();
        String at = reference.replace("URL", "http://" + host).replace("HOST", host);
        return "<html><head><title>x</title></head><body><p>x</p>" + at + "</body></html>";
    }

    @ParameterizedTest
    @MethodSource("references")
    void fetchesNothing(String reference) {
        LabelException refused = null;
        try {
            LABELS.convert(LabelSource.of(page(reference).getBytes(StandardCharsets.UTF_8)));
        } catch (LabelException e) {
            refused = e;
        }

        assertThat(HITS).hasValue(0);
        if (refused != null) {
            assertThat(refused.error()).isIn(LabelError.MISSING_IMAGE, LabelError.UNSUPPORTED_CONTENT);
        }
    }

    /** The renderer's own rules hold even for a page that did not pass the gate. */
    @ParameterizedTest
    @MethodSource("references")
    void rendererFetchesNothingBehindTheGate(String reference) throws IOException {
        try (PDDocument document = new PDDocument()) {
            new HtmlPdf(document, java.util.Map.of()).render(Jsoup.parse(page(reference)), PageSize.LABEL);
        } catch (LabelException | IllegalStateException e) {
            assertThat(HITS).hasValue(0);
        }

        assertThat(HITS).hasValue(0);
    }

    @Test
    void unsafeControlFetches() throws IOException {
        for (String reference : references().toList()) {
            String html = page(reference);
            if (reference.startsWith("<img src='URL")
                    || reference.startsWith("<link")
                    || reference.startsWith("<style>body { b")) {
                new PdfRendererBuilder()
                        .withHtmlContent(html, null)
                        .toStream(new ByteArrayOutputStream())
                        .run();
            }
        }

        assertThat(HITS.get()).isPositive();
    }

    @Test
    void readsNoFile(@TempDir Path folder) throws IOException {
        Path secret = Files.writeString(folder.resolve("secret.css"), "p:before { content: 'SECRET' }");
        String html = page("<link rel='stylesheet' href='" + secret.toUri() + "'/><style>@import url(" + secret.toUri()
                + ");</style>");

        LabelPdf label = LABELS.convert(LabelSource.of(html.getBytes(StandardCharsets.UTF_8)));

        assertThat(Reading.text(label.bytes())).doesNotContain("SECRET");
    }
}
