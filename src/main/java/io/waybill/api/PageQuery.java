package io.waybill.api;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Which page of a list. */
public record PageQuery(
        @Parameter(description = "next of the page before") @Nullable String cursor,
        @Schema(type = "integer", minimum = "1", maximum = "200", defaultValue = "50") @Nullable String limit) {
    @Nullable
    String after() {
        return Ask.text("cursor", cursor);
    }

    int size() {
        return Ask.limit(limit);
    }
}
