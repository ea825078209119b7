package io.waybill.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One action of a person: who, when, what, on what. */
public record AuditEntry(
        long id,
        Instant at,
        String by,
        String action,
        @Nullable Long order,
        @Nullable String subject,
        @Nullable JsonNode detail) {}
