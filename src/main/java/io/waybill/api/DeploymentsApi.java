package io.waybill.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.waybill.api.access.Caller;
import io.waybill.camel.Deployments;
import io.waybill.camel.Outcome;
import io.waybill.channel.Finding;
import io.waybill.ledger.AuditLog;
import io.waybill.order.WaybillException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/deployments")
@Tag(name = "deployments")
public class DeploymentsApi {
    private final ObjectProvider<Deployments> deployments;
    private final ObjectProvider<DeploymentHistory> history;
    private final AuditLog audit;

    DeploymentsApi(ObjectProvider<Deployments> deployments, ObjectProvider<DeploymentHistory> history, AuditLog audit) {
        this.deployments = deployments;
        this.history = history;
        this.audit = audit;
    }

    /**
     * @param outcome switched or unchanged
     * @param id of the accepted version that serves
     * @param builtMillis how long the new generation took to build while the old one served
     * @param cutOverMillis how long the switch itself took
     */
    public record Deployed(
            String outcome,
            long id,
            String hash,
            int generation,
            @Nullable Long builtMillis,
            @Nullable Long cutOverMillis) {}

    @GetMapping
    @Operation(
            summary = "What serves, what was last refused, the servers, and the versions accepted so far, newest first",
            description = "Of a refusal: file, line and fix of each mistake. `drift`: the folder holds something else.")
    public DeploymentHistory.Page list(@ParameterObject PageQuery page) {
        return history.getObject().page(deployments().status(), page);
    }

    @GetMapping("/{id}")
    @Operation(summary = "One accepted version with its difference from the one before")
    public DeploymentHistory.Whole one(@PathVariable long id) {
        return history.getObject().whole(id);
    }

    @PostMapping("/reload")
    @Operation(summary = "Read the folder now and switch to it, or refuse it and keep serving")
    @ApiResponse(responseCode = "200")
    @ApiResponse(responseCode = "422", description = "Refused; findings lists every mistake")
    public ResponseEntity<?> reload(Caller caller) {
        return answer(caller, "reload", running -> running.reload(caller.name()));
    }

    @PostMapping("/rollback")
    @Operation(summary = "Back to the version that served before, at once")
    @ApiResponse(responseCode = "200")
    public ResponseEntity<?> rollback(Caller caller) {
        return answer(caller, "rollback", running -> running.rollback(caller.name()));
    }

    @PostMapping("/{id}/rollback")
    @Operation(summary = "Back to this version, or forward; the folder is not proposed again until it changes")
    @ApiResponse(responseCode = "200")
    @ApiResponse(responseCode = "422", description = "It cannot serve any more; findings lists why")
    public ResponseEntity<?> rollbackTo(@PathVariable long id, Caller caller) {
        return answer(caller, "rollback", running -> running.rollback(id, caller.name()));
    }

    private ResponseEntity<?> answer(Caller caller, String action, Function<Deployments, Outcome> deploy) {
        Outcome outcome = deploy.apply(deployments());
        audit.record(
                caller.name(),
                action,
                null,
                "deployment " + outcome.hash(),
                Map.of("outcome", outcome.getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT)));
        return answer(outcome);
    }

    private ResponseEntity<?> answer(Outcome outcome) {
        if (outcome instanceof Outcome.Refused refused) {
            return ResponseEntity.unprocessableEntity().body(refusal(refused.findings()));
        } else if (outcome instanceof Outcome.Switched switched) {
            return ResponseEntity.ok(new Deployed(
                    "switched",
                    deployments().status().id(),
                    switched.hash(),
                    switched.generation(),
                    switched.built().toMillis(),
                    switched.cutOver().toMillis()));
        }
        Outcome.Unchanged unchanged = (Outcome.Unchanged) outcome;
        return ResponseEntity.ok(new Deployed(
                "unchanged", deployments().status().id(), unchanged.hash(), unchanged.generation(), null, null));
    }

    /** For edits by the API, which write nothing that would be refused. */
    static ResponseEntity<?> notWritten(Outcome.Refused refused) {
        List<Finding> findings = refused.findings();
        ProblemDetail problem = Problems.problem(
                HttpStatus.UNPROCESSABLE_ENTITY,
                "deployment-refused",
                "Nothing was written: " + findings.get(0)
                        + (findings.size() == 1 ? "" : " And " + (findings.size() - 1) + " more."));
        problem.setProperty("findings", findings);
        return ResponseEntity.unprocessableEntity().body(problem);
    }

    private static ProblemDetail refusal(List<Finding> findings) {
        ProblemDetail problem = Problems.problem(
                HttpStatus.UNPROCESSABLE_ENTITY,
                "deployment-refused",
                findings.size() + " findings. The version that served before goes on serving.");
        problem.setProperty("findings", findings);
        return problem;
    }

    private Deployments deployments() {
        Deployments running = deployments.getIfAvailable();
        if (running == null) {
            throw new WaybillException(
                    ApiError.ROUTES_NOT_SERVING, "No routes are serving yet. Try again in a moment.");
        }
        return running;
    }
}
