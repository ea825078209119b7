package io.waybill.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.waybill.api.access.Caller;
import io.waybill.camel.Outcome;
import io.waybill.channel.StatusMapping;
import io.waybill.order.WaybillException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Files stay the truth: each change is an edit of {@code routes/statuses/<name>.yaml}, which serves when this answers. */
@RestController
@RequestMapping("/api/status-mappings")
@Tag(name = "status mappings")
public class StatusMappingsApi {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,59}");

    private final Serving serving;
    private final RoutesEdits edits;

    StatusMappingsApi(Serving serving, RoutesEdits edits) {
        this.serving = serving;
        this.edits = edits;
    }

    public record StatusMappings(List<StatusMappingView> items) {}

    public record NewName(@Nullable String name) {}

    @GetMapping
    @Operation(summary = "The status configurations that serve now")
    public StatusMappings list() {
        return new StatusMappings(new TreeMap<>(serving.bundle().statusMappings())
                .values().stream().map(StatusMappingView::of).toList());
    }

    @GetMapping("/{name}")
    @Operation(summary = "One status configuration")
    public StatusMappingView one(@PathVariable String name) {
        return StatusMappingView.of(known(name));
    }

    @PostMapping
    @Operation(summary = "Add a status configuration")
    @ApiResponse(responseCode = "201")
    @ApiResponse(responseCode = "409", description = "There is one of this name, or the folder is read-only")
    @ApiResponse(responseCode = "422", description = "Refused, and nothing written; findings lists every mistake")
    public ResponseEntity<?> add(@RequestBody StatusMappingView body, Caller caller) {
        String name = valid(body.name());
        refuseTaken(name);
        return edited(caller, "add-status-mapping", name, HttpStatus.CREATED, path(name), body.content());
    }

    @PutMapping("/{name}")
    @Operation(
            summary =
                    "Write a status configuration whole: add it, change it, or, with another name in the body, rename it")
    @ApiResponse(responseCode = "200")
    @ApiResponse(responseCode = "201", description = "There was none of this name before")
    @ApiResponse(responseCode = "409", description = "The folder is read-only, or the new name is taken")
    @ApiResponse(responseCode = "422", description = "Refused, and nothing written; findings lists every mistake")
    public ResponseEntity<?> put(@PathVariable String name, @RequestBody StatusMappingView body, Caller caller) {
        @Nullable StatusMapping before = serving.bundle().statusMappings().get(name);
        String newName = body.name() == null ? name : body.name();
        if (before == null) {
            String added = valid(newName);
            refuseTaken(added);
            return edited(caller, "add-status-mapping", added, HttpStatus.CREATED, path(added), body.content());
        }
        return newName.equals(name)
                ? edited(caller, "edit-status-mapping", name, HttpStatus.OK, before.path(), body.content())
                : renamed(caller, before, valid(newName), body.content());
    }

    @PostMapping("/{name}/rename")
    @Operation(summary = "Give a status configuration another name; its file moves, comments and all")
    @ApiResponse(responseCode = "200")
    @ApiResponse(responseCode = "409", description = "The folder is read-only, or the new name is taken")
    public ResponseEntity<?> rename(@PathVariable String name, @RequestBody NewName body, Caller caller) {
        StatusMapping before = known(name);
        String newName = valid(body.name());
        return newName.equals(name)
                ? ResponseEntity.ok(StatusMappingView.of(before))
                : renamed(caller, before, newName, StatusMappingView.of(before).content());
    }

    @DeleteMapping("/{name}")
    @Operation(summary = "Delete a status configuration; statuses then go between its channels as they are told")
    @ApiResponse(responseCode = "204")
    @ApiResponse(responseCode = "409", description = "The folder is read-only for the server")
    public ResponseEntity<?> delete(@PathVariable String name, Caller caller) {
        StatusMapping mapping = known(name);
        Outcome outcome = edits.write(caller.name(), "delete-status-mapping", mapping.path(), null);
        return outcome instanceof Outcome.Refused refused
                ? DeploymentsApi.notWritten(refused)
                : ResponseEntity.noContent().build();
    }

    private ResponseEntity<?> renamed(Caller caller, StatusMapping before, String newName, ObjectNode content) {
        refuseTaken(newName);
        String folder = before.path().substring(0, before.path().lastIndexOf('/') + 1);
        String after = folder + newName + ".yaml";
        Map<String, @Nullable ObjectNode> files = new HashMap<>();
        files.put(after, content);
        files.put(before.path(), null);
        Outcome outcome =
                edits.write(caller.name(), "rename-status-mapping", after, files, Map.of(after, before.path()));
        return answer(outcome, newName, HttpStatus.OK);
    }

    private ResponseEntity<?> edited(
            Caller caller, String action, String name, HttpStatus success, String path, ObjectNode content) {
        return answer(edits.write(caller.name(), action, path, content), name, success);
    }

    private ResponseEntity<?> answer(Outcome outcome, String name, HttpStatus success) {
        return outcome instanceof Outcome.Refused refused
                ? DeploymentsApi.notWritten(refused)
                : ResponseEntity.status(success).body(one(name));
    }

    private StatusMapping known(String name) {
        StatusMapping mapping = serving.bundle().statusMappings().get(name);
        if (mapping == null) {
            throw new WaybillException(
                    ApiError.UNKNOWN_STATUS_MAPPING,
                    "There is no such status mapping. See GET /api/status-mappings; PUT adds one.");
        }
        return mapping;
    }

    private void refuseTaken(String name) {
        if (serving.bundle().statusMappings().containsKey(name)) {
            throw new WaybillException(
                    ApiError.ALREADY_THERE,
                    "There is a status mapping \"" + name + "\" already. Change it by PUT /api/status-mappings/" + name
                            + ", or choose another name.");
        }
    }

    private static String valid(@Nullable String name) {
        if (name == null || !NAME.matcher(name).matches()) {
            throw new WaybillException(
                    ApiError.INVALID_BODY,
                    "A status mapping needs a name of letters, digits, - and _, at most 60, such as doba-to-shop.");
        }
        return name;
    }

    private static String path(String name) {
        return "statuses/" + name + ".yaml";
    }
}
