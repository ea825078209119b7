package io.waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CliTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(strings = {"--help", "--version", "version", "serve --help", "lint --help", "doctor --help"})
    void isFine(String arguments) {
        assertThat(run(arguments.split(" "))).isEqualTo(ExitStatus.FINE);
        assertThat(out.toString()).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "serve --nonsense", "lint one two"})
    void isUnusable(String arguments) {
        assertThat(run(arguments.isEmpty() ? new String[0] : arguments.split(" ")))
                .isEqualTo(ExitStatus.UNUSABLE);
        assertThat(err.toString()).isNotBlank().doesNotContain("\tat ");
    }

    @Test
    void convertsALabel() throws IOException {
        Path label = Files.writeString(folder.resolve("label.zpl"), "^XA^FO50,50^GB100,100,100^FS^XZ");
        Path pdf = folder.resolve("label.pdf");

        assertThat(run("label", "convert", label.toString(), pdf.toString())).isEqualTo(ExitStatus.FINE);
        assertThat(pdf).content(java.nio.charset.StandardCharsets.ISO_8859_1).startsWith("%PDF-");
        assertThat(out.toString()).contains("ZPL, 1 page(s) of 288 x 432 pt");
    }

    @Test
    void saysWhyALabelCannotBeConverted() throws IOException {
        Path empty = Files.writeString(folder.resolve("empty"), "");

        assertThat(run(
                        "label",
                        "convert",
                        empty.toString(),
                        folder.resolve("x.pdf").toString()))
                .isEqualTo(ExitStatus.FINDINGS);
        assertThat(err.toString()).contains("[empty-label]");
        assertThat(folder.resolve("x.pdf")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({
        "nothing-here, out.pdf, there is no such file",
        "., out.pdf, it is a folder",
        "label.zpl, nowhere/out.pdf, its folder does not exist",
        "label.zpl, ., it is a folder"
    })
    void namesTheFileThatALabelCannotBeReadFromOrWrittenTo(String in, String to, String reason) throws IOException {
        Files.writeString(folder.resolve("label.zpl"), "^XA^FO50,50^GB100,100,100^FS^XZ");

        assertThat(run(
                        "label",
                        "convert",
                        folder.resolve(in).toString(),
                        folder.resolve(to).toString()))
                .isEqualTo(ExitStatus.UNUSABLE);
        assertThat(err.toString()).startsWith("Cannot ").contains(folder.toString(), reason);
    }

    @Test
    void refusesAResolutionThatNoPrinterHas() {
        assertThat(run("label", "convert", "--dpi=100", "in", "out")).isEqualTo(ExitStatus.UNUSABLE);
        assertThat(err.toString()).contains("152, 203, 300 or 600").doesNotContain("\tat ");
    }

    /** A look at every kind, too short to mean anything. */
    @Test
    void measuresEveryKindOfLabel() {
        assertThat(run("bench", "labels", "--rounds=1", "--seconds=0", "--warm-up=0", "--node-modules=" + folder))
                .isEqualTo(ExitStatus.FINE);
        assertThat(out.toString()).contains("HTML ", "GIF ", "PNG ", "JPEG ", "PDF ", "ZPL ", "no zpl-renderer-js in ");
    }

    @Test
    void servesInNoLogFormatThatThereIsNot() {
        assertThat(run("serve", "--log-format", "xml")).isEqualTo(ExitStatus.UNUSABLE);
        assertThat(err.toString()).contains("text or json");
    }

    @Test
    void lintsAFolderWithoutMistakes() {
        assertThat(run("lint", folder.toString())).isEqualTo(ExitStatus.FINE);
    }

    @Test
    void lintsEveryMistakeWithFileLineAndFix() throws IOException {
        Files.createDirectories(folder.resolve("channels"));
        Files.writeString(folder.resolve("channels/shop.yaml"), "connector: http\ntitel: Shop\nrole: king\n");

        assertThat(run("lint", folder.toString())).isEqualTo(ExitStatus.FINDINGS);
        assertThat(out.toString()).contains("channels/shop.yaml:2: ").contains("channels/shop.yaml:3: ", "Fix: ");
    }

    @Test
    void lintsWhatAServerWouldRefuseOfARouteThatCanBeRead() throws IOException {
        Files.writeString(
                folder.resolve("mine.camel.yaml"),
                """
                # contract: 1
                - route:
                    id: mine-answer
                    description: Answers where the API answers
                    routeConfigurationId: ledger
                    from:
                      uri: platform-http:/api/mine
                      steps:
                        - setBody:
                            expression:
                              constant:
                                expression: mine
                """);
        assertThat(run("lint", folder.toString())).isEqualTo(ExitStatus.FINDINGS);
        assertThat(out.toString()).contains("mine.camel.yaml:").contains("/api");
    }

    @Test
    void lintsTheFolderOfTheSettingWhenNoneIsNamed() {
        assertThat(run("lint", "--routes", folder.toString())).isEqualTo(ExitStatus.FINE);
        assertThat(out.toString()).contains(folder.toString());
    }

    @Test
    void cannotLintAFolderThatIsNotThere() {
        assertThat(run("lint", folder.resolve("nowhere").toString())).isEqualTo(ExitStatus.UNUSABLE);
    }

    @Test
    void doctorIsContentWithAFreshFolder() {
        int status = run(
                "doctor", "--data", folder.resolve("data").toString(), "--routes", folder.toString(), "--port", "0");

        assertThat(out.toString()).doesNotContain("XX");
        assertThat(status).isLessThanOrEqualTo(ExitStatus.FINDINGS);
        assertThat(folder).as("nothing was made").isEmptyDirectory();
    }

    @Test
    void doctorNamesATokenThatOthersCanRead() throws IOException {
        Path token = Files.writeString(folder.resolve("admin-token"), "secret");
        Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(run("doctor", "--data", folder.toString(), "--port", "0")).isEqualTo(ExitStatus.UNUSABLE);
        assertThat(out.toString()).contains("chmod 600 " + token).doesNotContain("secret ");
    }

    @Test
    void doctorSeesATakenPort() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            run("doctor", "--data", folder.toString(), "--port", Integer.toString(taken.getLocalPort()));

            assertThat(out.toString()).contains("is taken");
        }
    }

    @Test
    void doctorCannotReachADatabaseThatIsAway() {
        int status = run("doctor", "--data", folder.toString(), "--database-url", "jdbc:postgresql://127.0.0.1:1/none");

        assertThat(status).isEqualTo(ExitStatus.UNUSABLE);
        assertThat(out.toString()).contains("WAYBILL_DATABASE_URL");
    }

    private int run(String... arguments) {
        CommandLine line = new Cli(CliTest.class, Map.of()).commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }
}
