package io.waybill.label;

import com.openhtmltopdf.pdfboxout.PdfBoxRenderer;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.util.XRLog;
import io.waybill.label.zpl.Zpl;
import io.waybill.label.zpl.ZplOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdfparser.PDFStreamParser;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.graphics.image.JPEGFactory;
import org.apache.pdfbox.pdmodel.graphics.image.LosslessFactory;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;
import org.jsoup.Jsoup;
import org.jsoup.helper.W3CDom;

/**
 * Labels a second by kind: the plain library call without any safety, then {@link Labels} with one and two threads, each in turn
 * within every round so that a busy machine slows all alike. Run its main; the first argument is the seconds for each.
 */
final class LabelBench {
    private static final int ROUNDS = 3;

    private static final String HTML = html();

    private LabelBench() {}

    private record Kind(String name, LabelSource source, Callable<?> plain) {}

    public static void main(String[] args) throws Exception {
        double seconds = args.length > 0 ? Double.parseDouble(args[0]) : 2;
        XRLog.setLoggingEnabled(false);
        System.out.printf(
                "%-6s %10s %10s %10s %10s %10s%n", "kind", "plain/s", "1 thread/s", "2 threads", "plain cpu", "1 cpu");
        try (Labels labels = new Labels(2);
                ChromiumPeer chromium = ChromiumPeer.start()) {
            for (Kind kind : kinds()) {
                measure(kind, labels, seconds);
            }
            if (chromium != null) {
                Rate rate = rate(1, seconds * ROUNDS, () -> chromium.print(HTML));
                System.out.printf("%-6s %10.1f %32.2f ms (reused Chromium)%n", "html", rate.perSecond(), rate.cpu());
            }
        }
    }

    /** @param cpu milliseconds of processor a label, in this JVM and its children: what a busy machine leaves comparable */
    private record Rate(double perSecond, double cpu) {
        static final Rate ZERO = new Rate(0, 0);

        Rate plus(Rate other) {
            return new Rate(perSecond + other.perSecond / ROUNDS, cpu + other.cpu / ROUNDS);
        }
    }

    private static void measure(Kind kind, Labels labels, double seconds) throws Exception {
        Callable<?> ours = () -> labels.convert(kind.source());
        rate(1, seconds, kind.plain());
        rate(2, seconds, ours);
        Rate plain = Rate.ZERO;
        Rate one = Rate.ZERO;
        Rate two = Rate.ZERO;
        for (int i = 0; i < ROUNDS; i++) {
            plain = plain.plus(rate(1, seconds, kind.plain()));
            one = one.plus(rate(1, seconds, ours));
            two = two.plus(rate(2, seconds, ours));
        }
        System.out.printf(
                "%-6s %10.1f %10.1f %10.1f %10.2f %10.2f%n",
                kind.name(), plain.perSecond(), one.perSecond(), two.perSecond(), plain.cpu(), one.cpu());
    }

    private static Rate rate(int threads, double seconds, Callable<?> work) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        Duration before = cpu();
        long start = System.nanoTime();
        long end = start + (long) (seconds * 1e9);
        List<Future<Integer>> counts = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            counts.add(pool.submit(() -> {
                int n = 0;
                while (System.nanoTime() < end || n == 0) {
                    work.call();
                    n++;
                }
                return n;
            }));
        }
        int total = 0;
        for (Future<Integer> count : counts) {
            total += count.get();
        }
        double elapsed = (System.nanoTime() - start) / 1e9;
        pool.shutdown();
        return new Rate(total / elapsed, cpu().minus(before).toNanos() / 1e6 / total);
    }

    private static Duration cpu() {
        return Stream.concat(
                        Stream.of(ProcessHandle.current()),
                        ProcessHandle.current().descendants())
                .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }

    private static List<Kind> kinds() {
        byte[] gif = Samples.upsGif();
        byte[] png = Samples.image("png", 812, 1218);
        byte[] jpeg = Samples.image("jpg", 812, 1218);
        byte[] pdf = Samples.pdf(1, 288, 432);
        byte[] zpl = ("^XA^PW812^LL1218^FO50,50^A0N,40,40^FDShip to Ada Example^FS^FO50,120^GB700,3,3^FS"
                        + "^FO80,200^BY3^BCN,200,Y^FD" + Samples.CODE + "^FS^FO50,600^BXN,8,200^FDAda^FS^XZ")
                .getBytes(StandardCharsets.US_ASCII);
        return List.of(
                new Kind(
                        "html",
                        LabelSource.of(HTML.getBytes(StandardCharsets.UTF_8), null, "4x6in"),
                        () -> plainHtml()),
                new Kind("gif", LabelSource.of(gif, null, "4x6in"), () -> plainPicture(gif)),
                new Kind("png", LabelSource.of(png, null, "4x6in"), () -> plainPicture(png)),
                new Kind("jpeg", LabelSource.of(jpeg, null, "4x6in"), () -> plainJpeg(jpeg)),
                new Kind("pdf", LabelSource.of(pdf), () -> plainPdf(pdf)),
                new Kind("zpl", LabelSource.of(zpl), () -> Zpl.render(zpl, ZplOptions.FOUR_BY_SIX)));
    }

    private static String html() {
        String png = Base64.getEncoder().encodeToString(Samples.image("png", 600, 400));
        return "<html><head><style>@page{size:4in 6in;margin:0}</style></head><body><h2>SHIP TO</h2>"
                + "<p>Ada Example<br>1 Main St<br><b>Austin TX 78701</b></p><img width=340 src='data:image/png;base64,"
                + png + "'><p>1Z 999 WB0 00 0000 0017</p></body></html>";
    }

    /** Fonts parsed once here too: the yardstick is not given a handicap. */
    private static byte[] plainHtml() throws IOException {
        try (PDDocument document = new PDDocument()) {
            PdfRendererBuilder builder = new PdfRendererBuilder()
                    .usePDDocument(document)
                    .withW3cDocument(new W3CDom().fromJsoup(Jsoup.parse(HTML)), "");
            try (PdfBoxRenderer renderer = builder.buildPdfRenderer()) {
                new Fonts(document).offerTo(renderer.getFontResolver(), "");
                renderer.layout();
                renderer.createPDFKeepOpen();
            }
            return Samples.saved(document);
        }
    }

    private static byte[] plainPicture(byte[] data) throws IOException {
        try (PDDocument document = new PDDocument()) {
            return drawn(
                    document, LosslessFactory.createFromImage(document, ImageIO.read(new ByteArrayInputStream(data))));
        }
    }

    private static byte[] plainJpeg(byte[] data) throws IOException {
        try (PDDocument document = new PDDocument()) {
            ImageIO.read(new ByteArrayInputStream(data));
            return drawn(document, JPEGFactory.createFromByteArray(document, data));
        }
    }

    private static byte[] drawn(PDDocument document, PDImageXObject image) throws IOException {
        PDPage page = new PDPage(new PDRectangle(288, 432));
        document.addPage(page);
        try (PDPageContentStream content = new PDPageContentStream(document, page)) {
            content.drawImage(image, 0, 0, 288, 432);
        }
        return Samples.saved(document);
    }

    /** The same questions asked of PDFBox, without a budget. */
    private static int plainPdf(byte[] data) throws IOException {
        try (PDDocument document = Loader.loadPDF(data)) {
            int steps = document.isEncrypted() || document.getDocumentCatalog().getOpenAction() != null ? 1 : 0;
            for (PDPage page : document.getPages()) {
                steps += new PDFStreamParser(page).parse().size()
                        + page.getAnnotations().size();
            }
            return steps;
        }
    }

    static boolean hasChromium() {
        return Files.isExecutable(Path.of("/usr/bin/chromium"));
    }
}
