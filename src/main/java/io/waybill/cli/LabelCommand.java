package io.waybill.cli;

import io.waybill.label.LabelException;
import io.waybill.label.LabelOptions;
import io.waybill.label.LabelPdf;
import io.waybill.label.LabelSource;
import io.waybill.label.Labels;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "label", description = "Works on labels.", subcommands = LabelCommand.Convert.class)
final class LabelCommand {

    @Command(
            name = "convert",
            description = {
                "Makes one label a PDF: HTML, GIF, PNG, JPEG, TIFF, ZPL or PDF, raw or as Base64.",
                "Exit status: 0 done, 1 the label cannot be converted, 2 a file cannot be read or written."
            },
            mixinStandardHelpOptions = true)
    static final class Convert implements Callable<Integer> {
        @Parameters(index = "0", paramLabel = "in", description = "The label.")
        private Path in = Path.of("");

        @Parameters(index = "1", paramLabel = "out.pdf", description = "The PDF to write.")
        private Path out = Path.of("");

        @Option(names = "--size", description = "The page wanted: 4x6in, A6, 100x150mm. Left out, the content tells.")
        private @Nullable String size;

        @Option(names = "--format", description = "What the label is said to be; its content wins.")
        private @Nullable String format;

        @Option(names = "--dpi", defaultValue = "203", description = "The resolution of ZPL: 152, 203, 300 or 600.")
        private int dpi;

        @Option(names = "--turn", description = "Turn a landscape label by a quarter, as a portrait printer feeds it.")
        private boolean turn;

        @Option(names = "--resource", description = "A file that an HTML label refers to; may be repeated.")
        private List<Path> resources = List.of();

        @Spec
        private @Nullable CommandSpec spec;

        @Override
        public Integer call() {
            PrintWriter terminal = Terminal.of(spec);
            try (Labels labels = new Labels()) {
                LabelPdf pdf = labels.convert(source());
                Files.write(out, pdf.bytes());
                terminal.printf(
                        "%s: %s, %d page(s) of %.0f x %.0f pt%n",
                        out, pdf.detected(), pdf.pages(), pdf.widthPt(), pdf.heightPt());
                pdf.warnings().forEach(warning -> terminal.println("warning: " + warning));
                return ExitStatus.FINE;
            } catch (LabelException e) {
                terminal.println(in + ": " + e.getMessage() + " [" + e.code().code() + "]");
                return ExitStatus.FINDINGS;
            } catch (IOException e) {
                terminal.println("Cannot read or write " + e.getMessage());
                return ExitStatus.UNUSABLE;
            } finally {
                terminal.flush();
            }
        }

        private LabelSource source() throws IOException {
            Map<String, byte[]> files = new LinkedHashMap<>();
            for (Path resource : resources) {
                files.put(String.valueOf(resource.getFileName()), Files.readAllBytes(resource));
            }
            return new LabelSource(Files.readAllBytes(in), format, size, files, new LabelOptions(turn, dpi));
        }
    }
}
