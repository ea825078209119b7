package io.waybill.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.waybill.ledger.AuditEntry;
import io.waybill.ledger.AuditLog;
import io.waybill.ledger.Slice;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/audit")
@Tag(name = "audit")
public class AuditApi {
    private final AuditLog audit;

    AuditApi(AuditLog audit) {
        this.audit = audit;
    }

    @GetMapping
    @Operation(summary = "What people did by hand, newest first")
    public Slice<AuditEntry> list(
            @RequestParam(required = false) @Nullable String order,
            @RequestParam(required = false) @Nullable String by,
            @RequestParam(required = false) @Nullable String action,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @ParameterObject PageQuery page) {
        return audit.list(
                Ask.number("order", order),
                Ask.text("by", by),
                Ask.text("action", action),
                Ask.from(from),
                Ask.to(to),
                page.after(),
                page.size());
    }
}
