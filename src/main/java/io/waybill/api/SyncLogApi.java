package io.waybill.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.waybill.ledger.Slice;
import io.waybill.ledger.SyncEntry;
import io.waybill.ledger.SyncLog;
import io.waybill.ledger.SyncWhole;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/sync-log")
@Tag(name = "sync log")
public class SyncLogApi {
    private final SyncLog log;

    SyncLogApi(SyncLog log) {
        this.log = log;
    }

    @GetMapping
    @Operation(summary = "Every run of a task and every attempt of a delivery, newest first")
    public Slice<SyncEntry> list(@ParameterObject SyncQuery query, @ParameterObject PageQuery page) {
        return log.list(query.filter(), page.after(), page.size());
    }

    @GetMapping("/{id}")
    @Operation(summary = "One entry: last received, last mapped, last request, last response")
    public SyncWhole one(
            @Parameter(description = "As the list tells it", example = "delivery-4720-1") @PathVariable String id) {
        return log.one(id);
    }
}
