package io.waybill.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.waybill.api.access.Caller;
import io.waybill.camel.Outcome;
import io.waybill.order.EventJson;
import io.waybill.order.WaybillException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/skus")
@Tag(name = "skus")
class SkusApi {
    private static final String FILE = "skus.yaml";

    private final Serving serving;
    private final RoutesEdits edits;

    SkusApi(Serving serving, RoutesEdits edits) {
        this.serving = serving;
        this.edits = edits;
    }

    @GetMapping
    @Operation(summary = "By channel: our SKU and the one it has there, as in routes/skus.yaml")
    Map<String, Map<String, String>> aliases() {
        Map<String, Map<String, String>> sorted = new TreeMap<>();
        serving.bundle().skus().byChannel().forEach((channel, names) -> sorted.put(channel, new TreeMap<>(names)));
        return sorted;
    }

    @PutMapping
    @Operation(
            summary = "Write routes/skus.yaml whole and serve it; deliveries that waited for one of these names go out")
    @ApiResponse(responseCode = "200")
    @ApiResponse(responseCode = "409", description = "The folder is read-only for the server")
    @ApiResponse(responseCode = "422", description = "Refused, and nothing written; findings lists every mistake")
    ResponseEntity<?> replace(
            @RequestBody(required = false) @Nullable Map<String, Map<String, String>> body, Caller caller) {
        if (body == null) {
            throw new WaybillException(
                    ApiError.INVALID_BODY,
                    "Send all aliases by channel, such as {\"odoo\": {\"MUG-BLUE\": \"MUG-001\"}}.");
        }
        ObjectNode content = EventJson.MAPPER.valueToTree(body);
        Outcome outcome = edits.write(caller.name(), "edit-skus", FILE, content);
        return outcome instanceof Outcome.Refused refused
                ? DeploymentsApi.notWritten(refused)
                : ResponseEntity.ok(aliases());
    }
}
