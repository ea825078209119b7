package io.waybill.camel;

import static io.waybill.camel.RoutesFixture.answering;
import static io.waybill.camel.RoutesFixture.files;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.channel.Finding;
import io.waybill.channel.Operation;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way a bundle can be broken leaves the version before serving, and names file, line and fix. */
class RefusalsTest {
    private static RoutesFixture routes;

    @BeforeAll
    static void serveSomething() {
        routes = new RoutesFixture(Map.of("clock", java.time.Clock.systemUTC()));
        routes.serve(files().with("good.camel.yaml", answering("greet", "old")).bundle("good"));
    }

    @AfterAll
    static void close() {
        routes.close();
    }

    static Stream<Arguments> broken() {
        return Stream.of(
                Arguments.of("YAML syntax", 3, "invalid-yaml", "- route:\n    id: \"x\"\n   from: \"direct:x\"\n"),
                Arguments.of(
                        "half a file", 4, "invalid-yaml", "- route:\n    id: \"x\"\n    from:\n      uri: \"direct:x"),
                Arguments.of("empty file", 0, "empty-file", ""),
                Arguments.of("only a comment", 0, "empty-file", "# nothing yet\n"),
                Arguments.of("not a list", 1, "not-canonical", "route:\n  id: \"x\"\n"),
                Arguments.of(
                        "from without route",
                        1,
                        "not-canonical",
                        "- from:\n    uri: \"direct:x\"\n    steps:\n      - stop: {}\n"),
                Arguments.of(
                        "no id",
                        1,
                        "missing-id",
                        "- route:\n    from:\n      uri: \"direct:x\"\n      steps:\n        - stop: {}\n"),
                Arguments.of("unknown step", 6, "unknown-step", step("- setBodyy:\n            simple: \"x\"")),
                Arguments.of("unknown field", 7, "unknown-step", step("- setHeader:\n            nam: \"x\"")),
                Arguments.of(
                        "duplicate key",
                        8,
                        "duplicate-key",
                        step(
                                "- setHeader:\n            name: \"x\"\n            name: \"y\"\n            expression:\n              constant:\n                expression: \"1\"")),
                Arguments.of(
                        "missing steps",
                        6,
                        "missing-steps",
                        step(
                                "- filter:\n            expression:\n              simple:\n                expression: \"${body} != null\"\n        - to:\n            uri: \"mock:x\"")),
                Arguments.of("transacted", 6, "transacted-refused", step("- transacted: {}")),
                Arguments.of("unknown component", 7, null, step("- to:\n            uri: \"ftpp:host\"")),
                Arguments.of(
                        "unknown component in toD",
                        7,
                        "unknown-component",
                        step("- toD:\n            uri: \"ftpp:host/${body}\"")),
                Arguments.of(
                        "unknown endpoint option",
                        7,
                        "cannot-start",
                        step("- to:\n            uri: \"log:x?nonsense=1\"")),
                Arguments.of("bad enum", 7, "cannot-start", step("- to:\n            uri: \"log:x?level=LOUD\"")),
                Arguments.of("unknown bean", 7, "cannot-start", step("- bean:\n            ref: \"nobody\"")),
                Arguments.of(
                        "unknown bean method",
                        8,
                        "cannot-start",
                        step("- bean:\n            ref: \"clock\"\n            method: \"strikeThirteen\"")),
                Arguments.of(
                        "no steps",
                        4,
                        "cannot-start",
                        "- route:\n    id: \"x\"\n    from:\n      uri: \"direct:x\"\n      steps: []\n"),
                Arguments.of(
                        "bad simple expression",
                        9,
                        "cannot-start",
                        step(
                                "- setBody:\n            expression:\n              simple:\n                expression: \"${bodyy\"")),
                Arguments.of(
                        "missing placeholder", 7, "cannot-start", step("- to:\n            uri: \"log:{{nowhere}}\"")),
                Arguments.of(
                        "unknown language",
                        9,
                        "cannot-start",
                        step(
                                "- setBody:\n            expression:\n              language:\n                language: \"klingon\"\n                expression: \"qapla\"")),
                Arguments.of(
                        "unknown exception class",
                        7,
                        "cannot-start",
                        step(
                                "- throwException:\n            exceptionType: \"com.example.Nope\"\n            message: \"x\"")),
                Arguments.of(
                        "direct without consumer",
                        7,
                        "no-consumer",
                        step("- to:\n            uri: \"direct:nowhere\"")),
                Arguments.of(
                        "unknown route configuration",
                        3,
                        "unknown-route-configuration",
                        "- route:\n    id: \"x\"\n    routeConfigurationId: \"nope\"\n    from:\n      uri: \"direct:x\"\n      steps:\n        - stop: {}\n"),
                Arguments.of(
                        "id twice in a file",
                        11,
                        "duplicate-id",
                        answering("x", "1") + answering("x", "2").replace("direct:x", "direct:y")),
                Arguments.of(
                        "bad timer option",
                        4,
                        "invalid-option",
                        "- route:\n    id: \"x\"\n    from:\n      uri: \"timer:x?period=abc\"\n      steps:\n        - stop: {}\n"),
                Arguments.of(
                        "bad cron",
                        4,
                        "invalid-cron",
                        "- route:\n    id: \"x\"\n    from:\n      uri: \"quartz:x?cron=0+0+99+*+*+?\"\n      steps:\n        - stop: {}\n"),
                Arguments.of(
                        "cron in the past",
                        4,
                        "invalid-cron",
                        "- route:\n    id: \"x\"\n    from:\n      uri: \"quartz:x?cron=0+0+0+1+1+?+2001\"\n      steps:\n        - stop: {}\n"),
                Arguments.of(
                        "error handler for every file",
                        1,
                        "error-handler-leaks",
                        "- errorHandler:\n    noErrorHandler: {}\n"),
                Arguments.of(
                        "path of our own",
                        4,
                        "reserved-path",
                        "- route:\n    id: \"x\"\n    from:\n      uri: \"platform-http:/api/orders\"\n      steps:\n        - stop: {}\n"),
                Arguments.of(
                        "folder that must exist",
                        4,
                        "cannot-start",
                        "- route:\n    id: \"x\"\n    from:\n      uri: \"file:/no/such/folder?startingDirectoryMustExist=true&autoCreate=false\"\n      steps:\n        - stop: {}\n"),
                Arguments.of(
                        "unknown template",
                        2,
                        null,
                        "- templatedRoute:\n    routeTemplateRef: \"nope\"\n    routeId: \"y\"\n"));
    }

    /** One step at line 6 of a file, in a route that is fine otherwise. */
    private static String step(String step) {
        return "- route:\n    id: \"x\"\n    from:\n      uri: \"direct:x\"\n      steps:\n        " + step + "\n";
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("broken")
    void refusesNamingFileAndLine(String kind, int line, String code, String yaml) {
        List<Finding> findings = routes.refused(files().with("good.camel.yaml", answering("greet", "new"))
                        .with("ops/broken.camel.yaml", yaml)
                        .bundle("broken " + kind))
                .findings();

        assertThat(findings).isNotEmpty().allSatisfy(finding -> {
            assertThat(finding.file()).isEqualTo("ops/broken.camel.yaml");
            assertThat(finding.fix()).isNotBlank();
        });
        assertThat(findings.get(0).line()).isEqualTo(line);
        if (code != null) {
            assertThat(findings).extracting(Finding::code).contains(code);
        }
        assertThat(routes.ask("direct:greet")).isEqualTo("old");
    }

    @Test
    void refusesAnIdTakenInAnotherFile() {
        Finding finding = routes.refused(files().with("a.camel.yaml", answering("x", "1"))
                        .with("b.camel.yaml", answering("x", "2").replace("direct:x", "direct:y"))
                        .bundle())
                .findings()
                .get(0);

        assertThat(finding.toString()).startsWith("b.camel.yaml:2: the id 'x' is taken by a.camel.yaml:2");
    }

    @Test
    void refusesAStepIdTakenInAnotherFile() {
        Finding finding = routes.refused(files().with(
                                "a.camel.yaml", step("- log:\n            id: \"tell\"\n            message: \"1\""))
                        .with(
                                "b.camel.yaml",
                                step("- log:\n            id: \"tell\"\n            message: \"1\"")
                                        .replace("\"x\"", "\"y\"")
                                        .replace("direct:x", "direct:y"))
                        .bundle())
                .findings()
                .get(0);

        assertThat(finding.toString()).startsWith("b.camel.yaml:7: the step id 'tell' is taken by a.camel.yaml:7");
    }

    @Test
    void refusesTwoConsumersOfOneDirect() {
        Finding finding = routes.refused(files().with("a.camel.yaml", answering("x", "1"))
                        .with("b.camel.yaml", answering("x", "2").replace("id: \"x\"", "id: \"y\""))
                        .bundle())
                .findings()
                .get(0);

        assertThat(finding.toString()).startsWith("b.camel.yaml:4: 'direct:x' is consumed at a.camel.yaml:4 too");
    }

    @Test
    void refusesAnOperationWithoutItsTemplate() {
        Finding finding = routes.refused(files().with("connectors/shop/create-order.camel.yaml", answering("x", "1"))
                        .channel("north", "shop", Map.of(), Operation.CREATE_ORDER)
                        .bundle())
                .findings()
                .get(0);

        assertThat(finding.toString())
                .startsWith("connectors/shop/create-order.camel.yaml: no routeTemplate has the id 'shop-create-order'");
    }

    @Test
    void refusesAMistakeInATemplateAtTheLineOfTheTemplate() {
        String template =
                """
                - routeTemplate:
                    id: "shop-create-order"
                    parameters:
                      - name: "channel"
                    route:
                      from:
                        uri: "direct:{{channel}}-create-order"
                        steps:
                          - bean:
                              ref: "nobody"
                """;
        Finding finding = routes.refused(files().with("connectors/shop/create-order.camel.yaml", template)
                        .channel("north", "shop", Map.of(), Operation.CREATE_ORDER)
                        .bundle())
                .findings()
                .get(0);

        assertThat(finding.file() + ":" + finding.line()).isEqualTo("connectors/shop/create-order.camel.yaml:10");
    }

    @Test
    void listsTheMistakesOfAllFilesAtOnce() {
        List<Finding> findings = routes.refused(
                        files().with("a.camel.yaml", step("- bean:\n            ref: \"nobody\""))
                                .with(
                                        "b.camel.yaml",
                                        step("- to:\n            uri: \"log:y?nonsense=1\"")
                                                .replace("\"x\"", "\"y\"")
                                                .replace("direct:x", "direct:y"))
                                .bundle())
                .findings();

        assertThat(findings)
                .extracting(f -> f.file() + ":" + f.line())
                .containsExactly("a.camel.yaml:7", "b.camel.yaml:7");
    }
}
