package io.waybill.cli;

import io.waybill.label.LabelException;
import io.waybill.label.LabelOptions;
import io.waybill.label.LabelPdf;
import io.waybill.label.LabelSource;
import io.waybill.label.Labels;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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

@Command(
        name = "label",
        description = "Works on labels.",
        mixinStandardHelpOptions = true,
        subcommands = LabelCommand.Convert.class)
final class LabelCommand {
    /** More than any label may have; the converter says so in its own words. */
    private static final int MOST = 64 << 20;

    @Command(
            name = "convert",
            description = {
                "Makes one label a PDF: HTML, GIF, PNG, JPEG, TIFF, ZPL or PDF, raw or as Base64.",
                "Exit status: 0 done, 1 the label cannot be converted, 2 a file cannot be read or written."
            },
            mixinStandardHelpOptions = true)
    static final class Convert implements Callable<Integer> {
        @Parameters(index = "0", paramLabel = "in", description = "The label; - for standard input.")
        private Path in = Path.of("");

        @Parameters(index = "1", paramLabel = "out.pdf", description = "The PDF to write; - for standard output.")
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
            PrintWriter errors = Terminal.errors(spec);
            try (Labels labels = new Labels(1)) {
                LabelPdf pdf = labels.convert(source());
                write(pdf.bytes());
                tell(pdf);
                return ExitStatus.FINE;
            } catch (LabelException e) {
                errors.println(in + ": " + e.getMessage() + " [" + e.code().code() + "]");
                return ExitStatus.FINDINGS;
            } catch (UnusableFile | IllegalArgumentException e) {
                errors.println(e.getMessage());
                return ExitStatus.UNUSABLE;
            } finally {
                errors.flush();
            }
        }

        /** Beside the PDF, not into it. */
        private void tell(LabelPdf pdf) {
            PrintWriter terminal = isStandard(out) ? Terminal.errors(spec) : Terminal.of(spec);
            terminal.printf(
                    "%s: %s, %d page(s) of %.0f x %.0f pt%n",
                    out, pdf.detected(), pdf.pages(), pdf.widthPt(), pdf.heightPt());
            pdf.warnings().forEach(warning -> terminal.println("warning: " + warning));
            terminal.flush();
        }

        private LabelSource source() throws UnusableFile {
            LabelOptions options = new LabelOptions(turn, dpi);
            Map<String, byte[]> files = new LinkedHashMap<>();
            for (Path resource : resources) {
                files.put(String.valueOf(resource.getFileName()), read(resource));
            }
            return new LabelSource(read(in), format, size, files, options);
        }

        private static byte[] read(Path file) throws UnusableFile {
            try (InputStream content = isStandard(file) ? System.in : Files.newInputStream(file)) {
                return content.readNBytes(MOST);
            } catch (IOException e) {
                throw new UnusableFile("read", file, e);
            }
        }

        private void write(byte[] pdf) throws UnusableFile {
            try {
                if (isStandard(out)) {
                    System.out.write(pdf);
                    System.out.flush();
                } else {
                    Files.write(out, pdf);
                }
            } catch (IOException e) {
                throw new UnusableFile("write", out, e);
            }
        }

        private static boolean isStandard(Path file) {
            return file.toString().equals("-");
        }
    }

    /** What a person can do something about: which file, and why not. */
    private static final class UnusableFile extends Exception {
        private static final long serialVersionUID = 1;

        UnusableFile(String verb, Path file, IOException cause) {
            super("Cannot " + verb + " " + file + ": " + reason(verb, file, cause), cause);
        }

        private static String reason(String verb, Path file, IOException cause) {
            if (Files.isDirectory(file)) {
                return "it is a folder.";
            }
            if (cause instanceof NoSuchFileException) {
                return verb.equals("read") ? "there is no such file." : "its folder does not exist.";
            }
            return cause instanceof AccessDeniedException ? "no permission." : String.valueOf(cause.getMessage());
        }
    }
}
