package io.waybill.channel.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.schibsted.spt.data.jslt.Expression;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ImportedMappingsTest {
    private static final Map<String, String> FILES = Map.of(
            "inner",
            "def twice() $vars.n * 2\nnull",
            "outer",
            "import \"inner\" as inner\ndef more() $vars.n + inner:twice()\ndef again() [$vars.n, more()]\nnull",
            "main",
            "import \"outer\" as outer\nimport \"inner\" as inner\nlet n = $vars.n\n{\"n\": $n, \"all\": [inner:twice(), outer:more(), outer:again()]}");

    @Test
    void everyFileOfAMappingSeesTheVariables() {
        Expression mapping = MappingLanguage.compile("main", path -> Optional.ofNullable(FILES.get(path)));
        JsonNode vars = JsonNodeFactory.instance.objectNode().put("n", 5);

        assertThat(MappingLanguage.apply(mapping, Map.of("vars", vars), JsonNodeFactory.instance.nullNode()))
                .hasToString("{\"n\":5,\"all\":[10,15,[5,15]]}");
    }

    @Test
    void textsAndCommentsStayAsTheyAre() {
        Map<String, String> files = Map.of(
                "inner",
                "// not \"$vars\nlet n = $vars.n // nor $vars\ndef told() [\"query($vars: ID!) \\\" $topic\", $n]\nnull",
                "main",
                "import \"inner\" as inner\ninner:told()");
        Expression mapping = MappingLanguage.compile("main", path -> Optional.ofNullable(files.get(path)));
        JsonNode vars = JsonNodeFactory.instance.objectNode().put("n", 5);

        assertThat(MappingLanguage.apply(mapping, Map.of("vars", vars), JsonNodeFactory.instance.nullNode()))
                .hasToString("[\"query($vars: ID!) \\\" $topic\",5]");
    }
}
