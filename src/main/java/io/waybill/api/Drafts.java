package io.waybill.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.channel.Bundle;
import io.waybill.channel.Finding;
import io.waybill.channel.Reading;
import io.waybill.channel.RuleDrafts;
import io.waybill.order.WaybillException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;

/** Draft rules of a request, read over what serves. JSON counts as the text that a pretty printer makes of it. */
record Drafts(@Nullable Bundle bundle, List<Finding> findings) {
    private static final int LONGEST = 1 << 20;

    static Drafts of(Bundle serving, @Nullable Map<String, JsonNode> rules) {
        Map<String, String> texts = new TreeMap<>();
        if (rules != null) {
            rules.forEach((channel, draft) -> texts.put(channel, text(channel, draft)));
        }
        Reading reading = RuleDrafts.over(serving, texts);
        return new Drafts(reading.bundle(), reading.findings());
    }

    private static String text(String channel, JsonNode draft) {
        String text = draft.isTextual() ? draft.textValue() : draft.toPrettyString();
        if (text.length() > LONGEST) {
            throw new WaybillException(
                    ApiError.INVALID_BODY, "The rules of \"" + channel + "\" are longer than a million characters.");
        }
        return text;
    }

    ResponseEntity<ProblemDetail> refusal() {
        ProblemDetail problem = Problems.problem(
                HttpStatus.UNPROCESSABLE_ENTITY,
                "rules-refused",
                "The drafts have mistakes: " + findings.get(0)
                        + (findings.size() == 1 ? "" : " And " + (findings.size() - 1) + " more."));
        problem.setProperty("findings", findings);
        return ResponseEntity.unprocessableEntity().body(problem);
    }
}
