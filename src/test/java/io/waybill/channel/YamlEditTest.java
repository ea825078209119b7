package io.waybill.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.order.EventJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlEditTest {
    private static final String FILE =
            """
            # Ours. Ask Olga before you change it.
            from: doba
            to: shop # the US one

            statuses: [Shipped, Delivered] # no more
            map:
              # they mean handed over
              Shipped: shipped
              Delivered: delivered # at last
            every: 1h
            """;

    @Test
    void leavesWhatDidNotChangeAsItWasWritten() {
        assertThat(YamlEdit.of(FILE, tree(FILE))).isEqualTo(FILE);
    }

    @Test
    void changesOneThingAndKeepsTheComments() {
        ObjectNode wanted = tree(FILE);
        wanted.withObject("/map").put("Delivered", "shipped").put("Lost", "on_hold");
        wanted.put("every", "10m");
        assertThat(YamlEdit.of(FILE, wanted))
                .contains("# Ours. Ask Olga", "to: shop", "# the US one", "# no more", "# they mean handed over")
                .contains("Delivered: shipped", "Lost: on_hold", "every: 10m", "# at last")
                .satisfies(text -> assertThat(tree(text)).isEqualTo(wanted));
    }

    @Test
    void takesAway() {
        ObjectNode wanted = tree(FILE);
        wanted.remove("every");
        wanted.withObject("/map").remove("Shipped");
        assertThat(YamlEdit.of(FILE, wanted))
                .doesNotContain("every", "Shipped: shipped")
                .contains("# Ours. Ask Olga")
                .satisfies(text -> assertThat(tree(text)).isEqualTo(wanted));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "yes",
                "true",
                "null",
                "007",
                "42",
                "1.5",
                "~",
                "",
                " ",
                "a: b",
                "# no comment",
                "{{env:X}}",
                "- x",
                "é → ü",
                "🚚",
                "two\nlines",
                "\"quoted\"",
                "it's",
                "@",
                "*a",
                "&a",
                "!t",
                "2026-11-20",
                "trailing ",
                "tab\there",
                "\u0085x"
            })
    void writesAnyTextSoThatItIsReadAgain(String word) {
        ObjectNode wanted = EventJson.MAPPER.createObjectNode();
        wanted.putObject("map").put(word, "shipped").put("x", word);
        wanted.putArray("statuses").add(word);
        assertThat(tree(YamlEdit.of(null, wanted))).isEqualTo(wanted);
        assertThat(tree(YamlEdit.of("map: { a: b }\n", wanted))).isEqualTo(wanted);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "# only a comment\n",
                "- a list\n",
                "a: [",
                "a: 1\na: 2\n",
                "a: &x {b: c}\nd: *x\n",
                "a: !t b\n"
            })
    void writesAnewWhatCannotBeEdited(String before) {
        ObjectNode wanted = tree(FILE);
        assertThat(tree(YamlEdit.of(before, wanted))).isEqualTo(wanted);
    }

    @Test
    void writesNothingAtAllAsAnEmptyMap() {
        ObjectNode nothing = EventJson.MAPPER.createObjectNode();
        assertThat(tree(YamlEdit.of("odoo: { A: B }\n", nothing))).isEqualTo(nothing);
        assertThat(tree(YamlEdit.of(null, nothing))).isEqualTo(nothing);
    }

    private static ObjectNode tree(String yaml) {
        Findings findings = new Findings();
        JsonNode tree = YamlReader.read("x.yaml", yaml, findings).orElseThrow().tree();
        assertThat(findings.sorted()).isEmpty();
        return (ObjectNode) tree;
    }
}
