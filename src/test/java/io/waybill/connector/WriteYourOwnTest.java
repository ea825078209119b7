package io.waybill.connector;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.camel.OutlineLint;
import io.waybill.channel.BundleFiles;
import io.waybill.channel.BundleReader;
import io.waybill.channel.Reading;
import io.waybill.channel.Settings;
import io.waybill.cli.proof.FolderProof;
import io.waybill.cli.proof.Proof;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page that writes a connector, and the folder that it writes. */
class WriteYourOwnTest {
    private static final Path PAGE = Path.of("src/docs/connectors/write-your-own.md");
    private static final Path ROUTES = ToyShopCase.ROUTES;
    private static final Path FOLDER = ROUTES.resolve("connectors/toyshop");
    /** The page says of the first that it is the second with another name. */
    private static final Map<String, String> COPIES =
            Map.of("find-order", "create-order", "cancel-order", "ship-order", "check", "poll-orders");

    @Test
    void eachFileOnThePageIsTheOneThatIsTested() throws IOException {
        Map<String, String> shown = shown();
        assertThat(shown).hasSizeGreaterThan(15);
        for (Map.Entry<String, String> file : shown.entrySet()) {
            assertThat(ROUTES.resolve(file.getKey())).as("on the page").hasContent(file.getValue());
        }
    }

    @Test
    void thePageLeavesNothingOut() throws IOException {
        TreeSet<String> missing = new TreeSet<>();
        try (Stream<Path> all = Files.walk(ROUTES)) {
            all.filter(Files::isRegularFile)
                    .map(file -> ROUTES.relativize(file).toString())
                    .forEach(missing::add);
        }
        missing.removeAll(shown().keySet());
        COPIES.keySet().forEach(copy -> missing.remove("connectors/toyshop/" + copy + ".camel.yaml"));
        assertThat(missing)
                .containsExactly(
                        "connectors/toyshop/samples/create-order.plain.in.json",
                        "connectors/toyshop/samples/create-order.plain.out.json");
    }

    @Test
    void whatIsTheSameButForItsNameIsTheSame() throws IOException {
        String page = Files.readString(PAGE);
        for (Map.Entry<String, String> copy : COPIES.entrySet()) {
            assertThat(page).contains("with `" + copy.getKey() + "` for `" + copy.getValue() + "`");
            String model = Files.readString(FOLDER.resolve(copy.getValue() + ".camel.yaml"));
            assertThat(FOLDER.resolve(copy.getKey() + ".camel.yaml"))
                    .hasContent(model.replace(copy.getValue(), copy.getKey()));
        }
    }

    @Test
    void lintFindsNothing() {
        Reading reading = BundleReader.read(BundleFiles.of(ROUTES, false), new Settings(name -> "set"));
        assertThat(reading.findings()).isEmpty();
        assertThat(OutlineLint.check(reading.bundle())).isEmpty();
    }

    @Test
    void itsSamplesComeOut() {
        assertThat(FolderProof.run(BundleFiles.withoutShipped(ROUTES, false)))
                .hasSize(3)
                .noneMatch(Proof::failed);
    }

    /** By path: what a block holds under the line that names its file. */
    private static Map<String, String> shown() throws IOException {
        Map<String, String> shown = new LinkedHashMap<>();
        Pattern.compile(
                        "^`((?:connectors|channels)/\\S+)`\\n\\n```\\w+\\n(.*?)^```$",
                        Pattern.MULTILINE | Pattern.DOTALL)
                .matcher(Files.readString(PAGE))
                .results()
                .forEach(block -> shown.put(block.group(1), block.group(2)));
        return shown;
    }
}
