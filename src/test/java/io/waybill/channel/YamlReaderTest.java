package io.waybill.channel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlReaderTest {
    private final Findings findings = new Findings();

    @ParameterizedTest
    @CsvSource({
        "yes, \"yes\"",
        "NO, \"NO\"",
        "on, \"on\"",
        "2026-11-22, \"2026-11-22\"",
        "12:30, \"12:30\"",
        "007, \"007\"",
        "0x1F, \"0x1F\"",
        "1e5, \"1e5\"",
        "1_000, \"1_000\"",
        ".inf, \".inf\"",
        "+1, \"+1\"",
        "12345678901234567890, \"12345678901234567890\"",
        "12, 12",
        "-0.50, -0.50",
        "true, true",
        "'\"true\"', \"true\"",
        "'', null",
        "~, null",
    })
    void readsScalarsTheWayTheyLook(String yaml, String json) {
        assertThat(read("a: " + yaml).at("/a").toString()).isEqualTo(json);
    }

    @Test
    void knowsTheLineOfEachPart() {
        YamlFile file = read(
                """
                a:
                  - x
                  - b: 1
                    c/d: 2
                """);
        assertThat(file.line("/a")).isEqualTo(1);
        assertThat(file.line("/a/0")).isEqualTo(2);
        assertThat(file.line("/a/1/c~1d")).isEqualTo(4);
        assertThat(file.line("/a/1/missing/deeper")).isEqualTo(3);
    }

    @Test
    void followsAnAlias() {
        assertThat(read("a: &x { b: 1 }\nc: *x\n").at("/c/b").asInt()).isEqualTo(1);
    }

    @Test
    void stopsABillionLaughs() {
        StringBuilder yaml = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            yaml.append("a%d: &a%d [*a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d]%n"
                    .formatted(i, i, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1));
        }
        refuses(yaml.toString(), BundleError.YAML_UNSUPPORTED);
    }

    @Test
    void stopsAnAliasInsideItself() {
        refuses("a: &a [*a]\n", BundleError.YAML_UNSUPPORTED);
    }

    @Test
    void stopsDeepNesting() {
        refuses("[".repeat(100_000), BundleError.YAML_UNSUPPORTED);
        refuses("- ".repeat(10_000), BundleError.YAML_UNSUPPORTED);
    }

    @Test
    void namesTheLineOfBrokenYaml() {
        assertThat(YamlReader.read("f.yaml", "a: 1\nb: 'x\nc: 2\n", findings)).isEmpty();
        assertThat(findings.sorted()).singleElement().satisfies(finding -> {
            assertThat(finding.code()).isEqualTo("yaml-syntax");
            assertThat(finding.line()).isBetween(2, 4);
        });
    }

    private void refuses(String yaml, BundleError code) {
        Findings own = new Findings();
        assertThat(YamlReader.read("f.yaml", yaml, own)).isEmpty();
        assertThat(own.sorted()).extracting(Finding::code).containsExactly(code.code());
    }

    private YamlFile read(String yaml) {
        YamlFile file = YamlReader.read("f.yaml", yaml, findings).orElseThrow();
        assertThat(findings.sorted()).isEmpty();
        return file;
    }
}
