package io.waybill.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** What the API answers, as templates see it: by the names of its JSON. */
@Component("consoleAnswers")
final class Answers {
    private static final TypeReference<LinkedHashMap<String, @Nullable Object>> TREE = new TypeReference<>() {};

    private final ObjectMapper json;
    private final ObjectWriter pretty;

    Answers(ObjectMapper json) {
        this.json = json;
        this.pretty = json.writerWithDefaultPrettyPrinter();
    }

    Map<String, @Nullable Object> of(Object answer) {
        return json.convertValue(answer, TREE);
    }

    /** Of a call that answers with its status: the problem's members when it was refused. */
    Map<String, @Nullable Object> of(ResponseEntity<?> answer) {
        Object body = answer.getBody();
        if (body instanceof ProblemDetail problem) {
            Map<String, @Nullable Object> tree = new LinkedHashMap<>();
            tree.put("refused", problem.getDetail());
            Map<String, Object> more = problem.getProperties();
            tree.put("findings", more == null ? List.of() : findings(more.get("findings")));
            return tree;
        }
        return body == null ? Map.of() : of(body);
    }

    private List<?> findings(@Nullable Object findings) {
        return findings == null ? List.of() : json.convertValue(findings, List.class);
    }

    /** Text for people: JSON set out in lines, anything else as it is. */
    @Nullable
    String shown(@Nullable Object value) {
        try {
            if (value == null || value instanceof JsonNode node && node.isNull()) {
                return null;
            }
            Object tree = value instanceof JsonNode node && node.isTextual() ? node.textValue() : value;
            return tree instanceof String text ? laidOut(text) : pretty.writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            return String.valueOf(value);
        }
    }

    /** The body of a recorded request stands after its headers. */
    private String laidOut(String text) throws JsonProcessingException {
        int start = text.startsWith("{") || text.startsWith("[") ? 0 : text.indexOf("\n\n{") + 2;
        if (start == 1) {
            return text;
        }
        try {
            return text.substring(0, start) + pretty.writeValueAsString(json.readTree(text.substring(start)));
        } catch (JsonProcessingException e) {
            return text;
        }
    }
}
