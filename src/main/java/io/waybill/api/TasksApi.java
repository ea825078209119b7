package io.waybill.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.waybill.api.access.Caller;
import io.waybill.ledger.Runs;
import io.waybill.ledger.TaskSwitches;
import io.waybill.order.WaybillException;
import io.waybill.task.TaskRunner;
import io.waybill.task.TaskStandings;
import io.waybill.task.TaskSwitching;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/channels/{channel}/tasks")
@Tag(name = "channels")
public class TasksApi {
    private final Serving serving;
    private final ObjectProvider<TaskSwitching> switching;
    private final ObjectProvider<TaskSwitches> switches;
    private final ObjectProvider<TaskRunner> runner;
    private final ObjectProvider<TaskStandings> standings;

    TasksApi(
            Serving serving,
            ObjectProvider<TaskSwitching> switching,
            ObjectProvider<TaskSwitches> switches,
            ObjectProvider<TaskRunner> runner,
            ObjectProvider<TaskStandings> standings) {
        this.serving = serving;
        this.switching = switching;
        this.switches = switches;
        this.runner = runner;
        this.standings = standings;
    }

    /** @param every such as 10m */
    public record TaskChange(@Nullable Boolean enabled, @Nullable String every) {}

    /** @param switched what people switched of it, with who and when */
    public record TaskState(String channel, String task, List<TaskSwitches.Switched> switched) {}

    public record Tasks(List<TaskStandings.TaskStanding> items) {}

    @GetMapping
    @Operation(summary = "The tasks that a channel can do, whether and how often each runs")
    public Tasks list(@PathVariable String channel) {
        return new Tasks(standings.getObject().of(serving.channel(channel)));
    }

    @PutMapping("/{task}")
    @Operation(
            summary =
                    "Switch a task on or off, or change how often it runs; until the channel's file says something else")
    public TaskState change(
            @PathVariable String channel, @PathVariable String task, @RequestBody TaskChange body, Caller caller) {
        if (body.enabled() == null && body.every() == null) {
            throw new WaybillException(
                    ApiError.INVALID_BODY, "Say \"enabled\": true or false, \"every\": \"10m\", or both.");
        }
        switching.getObject().set(serving.channel(channel), task, body.enabled(), body.every(), caller.name());
        return new TaskState(
                channel,
                task,
                switches.getObject().all().stream()
                        .filter(one ->
                                one.channel().equals(channel) && one.task().equals(task))
                        .toList());
    }

    @PostMapping("/{task}/run")
    @Operation(summary = "Start a run now; it goes on by itself, and the sync log tells what comes of it")
    @ApiResponse(responseCode = "202")
    public ResponseEntity<Runs.Run> run(@PathVariable String channel, @PathVariable String task, Caller caller) {
        return ResponseEntity.status(HttpStatus.ACCEPTED)
                .body(runner.getObject().start(serving.channel(channel).name(), task, caller.name()));
    }
}
