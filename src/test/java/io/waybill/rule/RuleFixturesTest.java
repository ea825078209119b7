package io.waybill.rule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Schema and reader agree. Each refused fixture says in its first lines what is expected: {@code # <code> <pointer>}. */
class RuleFixturesTest {
    private static final Path FIXTURES = Path.of("src/test/resources/rules");

    static List<Path> valid() throws IOException {
        return files("valid");
    }

    static List<Path> invalid() throws IOException {
        return files("invalid");
    }

    static List<Path> beyondSchema() throws IOException {
        return files("beyond-schema");
    }

    @ParameterizedTest
    @MethodSource("valid")
    void bothTakeIt(Path file) throws IOException {
        assertThat(RuleSet.read(tree(file)).problems()).isEmpty();
        assertThat(schema().validate(tree(file))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void bothRefuseIt(Path file) throws IOException {
        assertThat(problems(file)).containsExactlyInAnyOrderElementsOf(expected(file));
        assertThat(schema().validate(tree(file))).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("beyondSchema")
    void onlyTheReaderSeesIt(Path file) throws IOException {
        assertThat(problems(file)).containsExactlyInAnyOrderElementsOf(expected(file));
        assertThat(schema().validate(tree(file))).isEmpty();
    }

    @Test
    void theSchemaIsThatOfTheCatalogue() throws IOException {
        assertThat(Files.readString(RulesSchema.FILE)).isEqualTo(RulesSchema.text());
    }

    private static List<Path> files(String folder) throws IOException {
        try (Stream<Path> files = Files.list(FIXTURES.resolve(folder))) {
            return files.sorted().toList();
        }
    }

    private static List<String> problems(Path file) throws IOException {
        RuleSet.Reading reading = RuleSet.read(tree(file));
        assertThat(reading.rules()).isNull();
        assertThat(reading.problems()).allSatisfy(problem -> {
            assertThat(problem.message()).isNotBlank();
            assertThat(problem.fix()).isNotBlank();
        });
        return reading.problems().stream()
                .map(problem -> problem.code() + " " + problem.jsonPointer())
                .toList();
    }

    private static List<String> expected(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> line.startsWith("# "))
                .map(line -> line.substring(2))
                .toList();
    }

    private static JsonNode tree(Path file) throws IOException {
        return RuleFiles.tree(Files.readString(file));
    }

    private static Schema schema() throws IOException {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(RulesSchema.FILE), InputFormat.JSON);
    }
}
