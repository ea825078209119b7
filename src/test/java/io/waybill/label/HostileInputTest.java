package io.waybill.label;

import static io.waybill.label.Hostile.ascii;
import static io.waybill.label.Hostile.html;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every hostile input gets a typed, permanent error, and none makes this JVM allocate more than a bound. */
class HostileInputTest {
    private static final long MEMORY = 300L << 20;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final Labels LABELS = SharedLabels.get();

    static Stream<Arguments> refused() throws IOException {
        return Stream.of(wrapping(), pictures(), pdfs(), pages(), foreign()).flatMap(s -> s);
    }

    private static Stream<Arguments> wrapping() {
        String base64 = Base64.getEncoder().encodeToString(Samples.pdf(1, 288, 432));
        byte[] zip = Hostile.gzip(Samples.pdf(1, 288, 432));
        return Stream.of(
                arguments("empty", new byte[0], LabelError.EMPTY_LABEL),
                arguments("white space", ascii(" \r\n\t "), LabelError.EMPTY_LABEL),
                arguments("bad alphabet", ascii("!" + base64), LabelError.BAD_ENCODING),
                arguments("bad padding", ascii(base64.replaceAll("=+$", "") + "==="), LabelError.BAD_ENCODING),
                arguments("gzip bomb", Hostile.gzip(new byte[200 << 20]), LabelError.INFLATES_TOO_MUCH),
                arguments("nested gzip", Hostile.gzip(zip), LabelError.INFLATES_TOO_MUCH),
                arguments("truncated gzip", Hostile.half(zip), LabelError.TRUNCATED_LABEL),
                arguments("30 MB of letters", ascii("QUJD".repeat(8 << 20)), LabelError.LABEL_TOO_LARGE));
    }

    private static Stream<Arguments> pictures() {
        byte[] png = Samples.image("png", 400, 600);
        return Stream.of(
                arguments("PNG 50000²", Hostile.png(50_000, 50_000), LabelError.TOO_MANY_PIXELS),
                arguments("PNG 20000²", Hostile.png(20_000, 20_000), LabelError.TOO_MANY_PIXELS),
                arguments("GIF 65535²", Hostile.gifHeader(65_535, 65_535), LabelError.TOO_MANY_PIXELS),
                arguments("JPEG 65500²", Hostile.jpegHeader(65_500, 65_500), LabelError.TOO_MANY_PIXELS),
                arguments(
                        "PNG zTXt", Hostile.withChunk(png, Hostile.textChunk(300 << 20)), LabelError.INFLATES_TOO_MUCH),
                arguments("half a PNG", Hostile.half(png), LabelError.TRUNCATED_LABEL),
                arguments("half a GIF", Hostile.half(Samples.upsGif()), LabelError.TRUNCATED_LABEL),
                arguments("half a JPEG", Hostile.half(Samples.image("jpg", 400, 600)), LabelError.TRUNCATED_LABEL),
                arguments("half a TIFF", Hostile.half(Samples.image("tiff", 400, 600)), LabelError.TRUNCATED_LABEL),
                arguments("PNG without its data", Hostile.png(400, 600), LabelError.CORRUPT_LABEL),
                arguments("TIFF loop", Hostile.tiffLoop(), LabelError.CORRUPT_LABEL),
                arguments("blank PNG", Samples.blank("png"), LabelError.BLANK_LABEL),
                arguments("blank JPEG", Samples.blank("jpg"), LabelError.BLANK_LABEL));
    }

    private static Stream<Arguments> pdfs() throws IOException {
        byte[] bomb = Hostile.deflated(ascii("q "), 200 << 20);
        return Stream.of(
                arguments("half a PDF", Hostile.half(Samples.pdf(3, 288, 432)), LabelError.TRUNCATED_LABEL),
                arguments("no pages", Hostile.blankPdf(0), LabelError.NO_PAGES),
                arguments("5000 pages", Hostile.blankPdf(5000), LabelError.TOO_MANY_PAGES),
                arguments("page tree loop", Hostile.pageTreeLoop(), LabelError.CORRUPT_LABEL),
                arguments("200k deep", Hostile.deepPdf(200_000), LabelError.TOO_COMPLEX),
                arguments("fake header", ascii("%PDF-1.7\nhello\n%%EOF\n"), LabelError.CORRUPT_LABEL),
                arguments("password", Hostile.lockedPdf(), LabelError.ENCRYPTED_LABEL),
                arguments(
                        "content bomb",
                        Hostile.pdfWithContent(Hostile.stream("/Filter/FlateDecode", bomb)),
                        LabelError.INFLATES_TOO_MUCH),
                arguments("run length bomb", Hostile.runLengthBomb(), LabelError.TOO_MUCH_MEMORY),
                arguments("one content 100k times", Hostile.manyContents(100_000), LabelError.TOO_COMPLEX),
                arguments(
                        "object stream bomb",
                        Hostile.pdfWithContent(
                                Hostile.stream("", ascii("0 0 5 5 re f")),
                                Hostile.stream("/Type/ObjStm/N 1/First 8/Filter/FlateDecode", bomb)),
                        LabelError.INFLATES_TOO_MUCH),
                arguments("blank PDF", Hostile.blankPdf(2), LabelError.BLANK_LABEL));
    }

    private static Stream<Arguments> pages() {
        String bomb = Base64.getEncoder().encodeToString(Hostile.png(20_000, 20_000));
        return Stream.of(
                arguments("50k deep", html("<div>".repeat(50_000)), LabelError.TOO_COMPLEX),
                arguments("5k deep", html("<div>".repeat(5_000) + "x"), LabelError.TOO_COMPLEX),
                arguments("100k elements", html("<b>x</b>".repeat(100_000)), LabelError.TOO_COMPLEX),
                arguments("60 nested tables", Hostile.nestedTables(60), LabelError.TOO_COMPLEX),
                arguments("15k paragraphs", html("<p>x".repeat(15_000)), LabelError.TOO_COMPLEX),
                arguments(
                        "page 200000 in",
                        html("<style>@page{size:200000in 200000in}</style>x"),
                        LabelError.BAD_PAGE_SIZE),
                arguments("box 200000 in", html("<div style='height:200000in'>x</div>y"), LabelError.TOO_MANY_PAGES),
                arguments("60 KB of text", html("word ".repeat(12_000)), LabelError.TOO_MUCH_TEXT),
                arguments(
                        "data URI bomb",
                        html("<img src='data:image/png;base64," + bomb + "'>"),
                        LabelError.TOO_MANY_PIXELS),
                arguments("nothing on the page", html(" <p> </p> "), LabelError.BLANK_LABEL),
                arguments("outside picture", html("<img src='http://127.0.0.1:1/x.gif'>"), LabelError.MISSING_IMAGE),
                arguments("file picture", html("<img src='file:///etc/passwd'>"), LabelError.MISSING_IMAGE),
                arguments("no font for it", html("ที่อยู่"), LabelError.MISSING_GLYPH),
                arguments("svg", html("<svg><path d='M0 0h9'/></svg>x"), LabelError.UNSUPPORTED_CONTENT));
    }

    private static Stream<Arguments> foreign() {
        return Stream.of(
                arguments("WebP", ascii("RIFF\0\0\0\0WEBPVP8 "), LabelError.UNSUPPORTED_FORMAT),
                arguments("ZIP", ascii("PK\u0003\u0004abcdef"), LabelError.UNSUPPORTED_FORMAT),
                arguments("EPL", ascii("\nN\nq812\nA50,50,0,4,1,1,N,\"Hello\"\nP1\n"), LabelError.UNSUPPORTED_FORMAT),
                arguments("text", ascii("Dear customer, your label will follow."), LabelError.UNKNOWN_FORMAT));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void refusesWithinBounds(String name, byte[] data, LabelError expected) {
        long before = THREADS.getCurrentThreadAllocatedBytes();

        LabelException failure = catchThrowableOfType(LabelException.class, () -> LABELS.convert(LabelSource.of(data)));

        assertThat(failure).as(name).isNotNull();
        assertThat(failure.error()).as(failure.getMessage()).isEqualTo(expected);
        assertThat(failure.error().permanent()).isTrue();
        assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(MEMORY);
    }

    static Stream<Arguments> accepted() {
        byte[] pdf = Samples.pdf(1, 288, 432);
        String base64 = Base64.getEncoder().encodeToString(pdf);
        byte[] png = Samples.image("png", 812, 1218);
        byte[] profile = Hostile.chunk("iCCP", Hostile.bytes(out -> {
            out.writeBytes("big\0\0");
            out.write(Hostile.deflated(new byte[0], 3 << 20));
        }));
        return Stream.of(
                arguments(
                        "URL-safe, unpadded",
                        Base64.getUrlEncoder().withoutPadding().encode(pdf)),
                arguments("MIME lines", Base64.getMimeEncoder().encode(pdf)),
                arguments("JSON escapes", ascii(base64.replace("/", "\\/"))),
                arguments("data URI", ascii("data:application/pdf;base64," + base64)),
                arguments("percent data URI", ascii("data:text/html,%3Cp%3EHello%3C/p%3E")),
                arguments("gzip in Base64", Base64.getEncoder().encode(Hostile.gzip(pdf))),
                arguments("Base64 in Base64", Base64.getEncoder().encode(ascii(base64))),
                arguments("large iCCP", Hostile.withChunk(png, profile)),
                arguments(
                        "junk before %PDF",
                        Hostile.bytes(out -> {
                            out.writeBytes("HTTP/1.1 200 OK\r\n\r\n");
                            out.write(pdf);
                        })),
                arguments(
                        "entities",
                        ascii(
                                "<!DOCTYPE html [<!ENTITY a \"AAAA\"><!ENTITY b \"&a;&a;\">]><html><body>&b;x</body></html>")),
                arguments("colspan 10,000", html("<table><tr><td colspan=10000>x</td></tr></table>")),
                arguments("JavaScript in PDF", Hostile.javaScriptPdf()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("accepted")
    void acceptsWhatIsOnlyOdd(String name, byte[] data) {
        assertThat(LABELS.convert(LabelSource.of(data)).pages()).as(name).isEqualTo(1);
    }
}
