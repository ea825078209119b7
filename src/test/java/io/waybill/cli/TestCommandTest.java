package io.waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import picocli.CommandLine;

class TestCommandTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /** Channels whose secrets nobody set: tests must not need them. */
    @BeforeEach
    void channels() throws IOException {
        write(
                "channels/shop.yaml",
                "connector: http\ntitle: Shop\nrole: marketplace\nsettings: { webhookSecret: \"{{env:NOT_SET_HERE}}\" }\n");
        write(
                "channels/erp.yaml",
                "connector: http\ntitle: ERP\nrole: erp\nsettings: { url: \"https://erp.example.com\" }\n");
        write(
                "rules/shop.yaml",
                """
                attributes:
                  - { attribute: tags, when: { order.paymentStatus: { equals: PAID, exactly: true } }, then: home }
                  - { attribute: attributes.gift, when: { order.note: { containsText: gift } }, then: "yes" }
                overwrites:
                  erp:
                    - { attribute: publish, of: line, when: { line.sku: { startsWith: GIFT- } }, then: false, otherwise: true }
                """);
    }

    @Test
    void theSandboxKeepsItsWord() {
        assertThat(run("test", "routes")).as(out.toString()).isEqualTo(ExitStatus.FINE);
        assertThat(out.toString()).containsPattern("\\d+ tests, all passed");
    }

    @Test
    void aFolderWithoutTestsIsFine() {
        assertThat(test()).isEqualTo(ExitStatus.FINE);
        assertThat(out.toString()).contains("0 tests, all passed");
    }

    @Test
    void expectationsThatHoldPass() throws IOException {
        write(
                "rules/shop.test.yaml",
                """
                tests:
                  - name: whole
                    order:
                      note: a gift
                      paymentStatus: PAID
                      lines: [ { id: "7", sku: MUG, quantity: 1 }, { id: "8", sku: gift-1, quantity: 1 } ]
                    expect:
                      tags: [home]
                      attributes: { gift: "yes" }
                      publish: { erp: true }
                      lines: { erp: ["7"] }
                  - name: a shipment of cards
                    order: { lines: [ { id: "8", sku: GIFT-1, quantity: 1 } ] }
                    event: { type: shipment, carrier: UPS }
                    expect: { withheld: { erp: "LEAVES no line" }, lines: { erp: [] } }
                """);
        assertThat(test()).as(out.toString()).isEqualTo(ExitStatus.FINE);
        assertThat(out.toString()).contains("2 tests, all passed");
    }

    @Test
    void eachExpectationThatFailsIsNamedAtItsLine() throws IOException {
        write(
                "rules/shop.test.yaml",
                """
                tests:
                  - name: all wrong
                    order: { lines: [ { id: "1", sku: GIFT-1, quantity: 1 } ] }
                    expect:
                      tags: [home]
                      attributes:
                        gift: "yes"
                      publish:
                        erp: true
                      withheld:
                        erp: the moon is full
                      lines:
                        erp: ["1"]
                """);
        assertThat(test()).isEqualTo(ExitStatus.FINDINGS);
        assertThat(out.toString())
                .contains("rules/shop.test.yaml:5: all wrong: the tags are [], not [home]")
                .contains("rules/shop.test.yaml:7: all wrong: attribute gift is not set, not \"yes\"")
                .contains(
                        "rules/shop.test.yaml:9: all wrong: Not published to erp: rule 1 under overwrites.erp leaves no line")
                .contains("rules/shop.test.yaml:11: all wrong: the reason is ")
                .contains("rules/shop.test.yaml:13: all wrong: erp gets the lines [], not [1]")
                .contains("1 test, 1 failed");
    }

    @Test
    void aMissByLetterCaseIsNamed() throws IOException {
        write(
                "rules/shop.test.yaml",
                "tests: [ { name: near, order: { paymentStatus: paid }, expect: { tags: [home] } } ]\n");
        assertThat(test()).isEqualTo(ExitStatus.FINDINGS);
        assertThat(out.toString()).contains("rule 1 under attributes nearly held: order.paymentStatus");
    }

    @Test
    void everyMistakeInATestFileIsNamedAtItsLine() throws IOException {
        write(
                "rules/shop.test.yaml",
                """
                tests:
                  - name: unknown member
                    order:
                      lines:
                        - { id: "1", quantity: 1 }
                        - id: "2"
                          quantity: 1
                          colour: red
                    expect: { tags: [] }
                  - name: unknown destination
                    expect:
                      publish: { epr: true }
                  - name: unknown destination
                    event: { type: cancellation, by: nobody }
                    expect: { tags: [] }
                """);
        assertThat(test()).isEqualTo(ExitStatus.FINDINGS);
        assertThat(out.toString())
                .contains("shop.test.yaml:8: can be read: lines[1].colour: unknown member")
                .contains("shop.test.yaml:12: can be read: there is no channel \"epr\"", "erp")
                .contains("shop.test.yaml:13: can be read: two cases are called")
                .contains("shop.test.yaml:14: can be read: ");
    }

    @Test
    void unknownKeysAreRefused() throws IOException {
        write("rules/shop.test.yaml", "tests:\n  - name: a\n    expects: { tags: [] }\n");
        assertThat(test()).isEqualTo(ExitStatus.FINDINGS);
        assertThat(out.toString()).contains("shop.test.yaml:3: can be read: unknown key \"expects\"");
    }

    @Test
    void brokenRulesFailOnceAndNotByEachOfTheirTests() throws IOException {
        write("rules/shop.yaml", "attributes:\n  - { attribute: tagz, value: x }\n");
        write("rules/shop.test.yaml", "tests: [ { name: a, expect: { tags: [x] } } ]\n");
        assertThat(test()).isEqualTo(ExitStatus.FINDINGS);
        assertThat(out.toString()).contains("rules/shop.yaml:2: can be read: ").contains("1 test, 1 failed");
    }

    @Test
    void lintReadsTestFilesToo() throws IOException {
        write("channels/shop.yaml", "connector: http\ntitle: Shop\nrole: marketplace\n");
        write("rules/shop.test.yaml", "tests: [ { name: a, order: { status: payd }, expect: { tags: [] } } ]\n");
        assertThat(run("lint", folder.toString())).isEqualTo(ExitStatus.FINDINGS);
        assertThat(out.toString()).contains("rules/shop.test.yaml:1: status");
    }

    @Test
    void samplesOfMappingsMustComeOut() throws IOException {
        write(
                "channels/shop.read-event.jslt",
                """
                { "type": "order", "order": { "id": string(.nr), "status": "paid", "currency": "EUR",
                  "lines": [ { "id": "1", "quantity": .n } ] } }""");
        write("channels/samples/shop.fine.in.json", "{\"nr\": 5, \"n\": 2}");
        write(
                "channels/samples/shop.fine.out.json",
                """
                {"type": "order", "order": {"id": "5", "note": null, "status": "paid", "currency": "EUR", "lines": [{"id": "1", "quantity": 2}]}}""");
        write("channels/samples/shop.other.in.json", "{\"nr\": 6, \"n\": 2}");
        write(
                "channels/samples/shop.other.out.json",
                """
                {"type": "order", "order": {"id": "7", "status": "paid", "currency": "EUR", "lines": [{"id": "1", "quantity": 2}]}}""");
        write("channels/samples/shop.alone.in.json", "{}");

        assertThat(test()).isEqualTo(ExitStatus.FINDINGS);
        assertThat(out.toString())
                .contains("shop.other.in.json: shop.other: /order/id is \"6\", not \"7\"")
                .contains("shop.alone: there is no channels/samples/shop.alone.out.json")
                .contains("3 tests, 2 failed");
    }

    @Test
    void whatAMappingMakesMustBeCanonical() throws IOException {
        write("connectors/toy/read-event.jslt", "{ \"type\": \"order\", \"order\": { \"id\": .id } }");
        write("connectors/toy/samples/a.in.json", "{\"id\": \"1\"}");
        write("connectors/toy/samples/a.out.json", "{\"type\": \"order\", \"order\": {\"id\": \"1\"}}");
        write("connectors/toy/poll.jslt", "{ \"pages\": size(.) }");
        write("connectors/toy/samples/poll.two.in.json", "[1, 2]");
        write("connectors/toy/samples/poll.two.out.json", "{\"pages\": 2}");

        assertThat(test()).isEqualTo(ExitStatus.FINDINGS);
        assertThat(out.toString()).contains("no canonical event").contains("2 tests, 1 failed");
    }

    @Test
    void writesAReportForBuildServers() throws Exception {
        write(
                "rules/shop.test.yaml",
                "tests: [ { name: \"<a> & \\u0007\", expect: { tags: [home] } }, { name: b, expect: { tags: [] } } ]\n");
        Path report = folder.resolve("report.xml");

        assertThat(run("test", folder.toString(), "--junit", report.toString())).isEqualTo(ExitStatus.FINDINGS);
        Element suites = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(report.toFile())
                .getDocumentElement();
        assertThat(suites.getAttribute("tests")).isEqualTo("2");
        assertThat(suites.getAttribute("failures")).isEqualTo("1");
        Element failed = (Element) suites.getElementsByTagName("testcase").item(0);
        assertThat(failed.getAttribute("name")).isEqualTo("<a> &  ");
        assertThat(failed.getElementsByTagName("failure").getLength()).isEqualTo(1);
    }

    @Test
    void cannotTestAFolderThatIsNotThereNorWriteAReportIntoOne() {
        assertThat(run("test", folder.resolve("nowhere").toString())).isEqualTo(ExitStatus.UNUSABLE);
        assertThat(run(
                        "test",
                        folder.toString(),
                        "--junit",
                        folder.resolve("no/report.xml").toString()))
                .isEqualTo(ExitStatus.UNUSABLE);
        assertThat(err.toString()).contains("Cannot write ");
    }

    private int test() {
        return run("test", folder.toString());
    }

    private void write(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private int run(String... arguments) {
        CommandLine line = new Cli(TestCommandTest.class, Map.of()).commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }
}
