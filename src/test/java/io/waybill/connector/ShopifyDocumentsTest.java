package io.waybill.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.schibsted.spt.data.jslt.Parser;
import graphql.language.OperationDefinition;
import io.waybill.order.EventJson;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every GraphQL document of the connector, against the schema that Shopify published for its version. */
class ShopifyDocumentsTest {
    private static final Path FOLDER = Path.of("routes/connectors/shopify");
    private static final Pattern DEFINITION = Pattern.compile("(?m)^def ([a-z-]+)\\(\\)");

    @Test
    void everyDocumentIsValid() throws IOException {
        assumeTrue(AdminSchema.isThere(), "Shopify's schema does not lie beside the project: nothing is compared");
        Map<String, String> mistakes = new TreeMap<>();
        documents().forEach((name, text) -> AdminSchema.documentMistake(graphql.parser.Parser.parse(text))
                .ifPresent(mistake -> mistakes.put(name, mistake)));
        assertThat(mistakes).isEmpty();
    }

    @Test
    void aDocumentThatIsNotValidIsSeen() {
        assumeTrue(AdminSchema.isThere(), "Shopify's schema does not lie beside the project: nothing is compared");
        assertThat(AdminSchema.documentMistake(graphql.parser.Parser.parse("query A { order(id: 1) { total } }")))
                .isPresent();
    }

    @Test
    void everyDocumentIsOneNamedOperation() throws IOException {
        documents().forEach((name, text) -> assertThat(
                        graphql.parser.Parser.parse(text).getDefinitionsOfType(OperationDefinition.class))
                .as(name)
                .singleElement()
                .satisfies(operation -> assertThat(operation.getName()).isNotNull()));
    }

    @Test
    void documentsStandInOnePlace() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            List<Path> others = files.filter(file -> file.toString().endsWith(".jslt"))
                    .filter(file -> !file.endsWith("documents.jslt"))
                    .filter(file -> text(file).matches("(?s).*\"\\s*(query|mutation)\\s+[A-Z].*"))
                    .toList();
            assertThat(others).isEmpty();
        }
    }

    private static Map<String, String> documents() throws IOException {
        String file = text(FOLDER.resolve("documents.jslt"));
        Map<String, String> documents = new TreeMap<>();
        DEFINITION
                .matcher(file)
                .results()
                .map(definition -> definition.group(1))
                .forEach(name -> {
                    String text = new Parser(new StringReader("import \"documents\" as d d:" + name + "()"))
                            .withResourceResolver(path -> new StringReader(file))
                            .compile()
                            .apply(EventJson.MAPPER.nullNode())
                            .asText();
                    if (!text.startsWith("fragment")) {
                        documents.put(name, text);
                    }
                });
        assertThat(documents).hasSizeGreaterThan(20);
        return documents;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
