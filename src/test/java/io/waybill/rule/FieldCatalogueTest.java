package io.waybill.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class FieldCatalogueTest {
    @Test
    void listsTheFieldsOfTheCanonicalRecords() {
        assertThat(FieldCatalogue.names())
                .contains(
                        "order.totals.total",
                        "order.shippingAddress.country",
                        "order.lines.sku",
                        "order.attributes.<name>",
                        "line.sku",
                        "line.attributes.<name>",
                        "event.type",
                        "event.by",
                        "event.carrier",
                        "event.refund",
                        "tags")
                .doesNotContain("event.order", "event.data", "event.resources", "event.orderIdOrNull")
                .doesNotHaveDuplicates();
    }

    @Test
    void everyFieldHasAMeaning() {
        assertThat(FieldCatalogue.fields())
                .allSatisfy(
                        field -> assertThat(field.meaning()).as(field.name()).isNotBlank());
    }

    @Test
    void noMeaningIsLeftOver() throws IOException {
        Properties meanings = new Properties();
        try (InputStream in = getClass().getResourceAsStream("/rule-fields.properties")) {
            meanings.load(Objects.requireNonNull(in));
        }
        Set<String> members = new HashSet<>();
        collect(Shape.ORDER, members);
        collect(Shape.EVENT, members);
        assertThat(meanings.stringPropertyNames()).isSubsetOf(members);
    }

    @Test
    void theGuideListsTheFieldsAsTheyAre() throws IOException {
        String guide = Files.readString(RulesGuide.FILE);
        assertThat(guide).isEqualTo(RulesGuide.text(guide));
    }

    @Test
    void theExamplesOfTheGuideAreRules() throws IOException {
        Matcher examples = Pattern.compile("```yaml\\n((?:attributes|overwrites).*?)```", Pattern.DOTALL)
                .matcher(Files.readString(RulesGuide.FILE));
        assertThat(examples.results().map(example -> example.group(1)))
                .hasSize(2)
                .allSatisfy(RuleFiles::rules);
        Matcher conditions =
                Pattern.compile("^when: ([{\"].*)$", Pattern.MULTILINE).matcher(Files.readString(RulesGuide.FILE));
        assertThat(conditions.results().map(condition -> condition.group(1)))
                .hasSize(4)
                .allSatisfy(condition ->
                        RuleFiles.rules("attributes:\n  - attribute: tags\n    then: x\n    when: " + condition));
    }

    private static void collect(Shape shape, Set<String> members) {
        shape.members().values().forEach(member -> {
            members.add(shape.name() + "." + member.name());
            if (member.inside() != null) {
                collect(member.shape(), members);
            }
        });
    }

    @Test
    void everyFieldCanBeAskedFor() {
        assertThat(FieldCatalogue.names())
                .allSatisfy(name -> RuleFiles.rules("attributes: [ { attribute: tags, of: line, when: { '" + name
                        + "': { exists: true } }, then: x } ]"));
    }
}
