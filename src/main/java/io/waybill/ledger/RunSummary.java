package io.waybill.ledger;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a run did, in messages. Looked at = stored + duplicates + conflicts + failed.
 *
 * @param stored new here; the import tells later what became of each
 * @param duplicates known already, as an overlap makes them
 * @param conflicts known under the same id with another content; kept, not imported
 * @param failed could not be taken in
 */
public record RunSummary(long looked, long stored, long duplicates, long conflicts, long failed) {
    public static final RunSummary NOTHING = new RunSummary(0, 0, 0, 0, 0);

    public RunSummary plus(RunSummary more) {
        return new RunSummary(
                looked + more.looked,
                stored + more.stored,
                duplicates + more.duplicates,
                conflicts + more.conflicts,
                failed + more.failed);
    }

    static RunSummary of(String json) {
        JsonNode node = Json.own(json);
        return new RunSummary(
                node.path("looked").asLong(),
                node.path("stored").asLong(),
                node.path("duplicates").asLong(),
                node.path("conflicts").asLong(),
                node.path("failed").asLong());
    }

    String json() {
        return "{\"looked\":" + looked + ",\"stored\":" + stored + ",\"duplicates\":" + duplicates + ",\"conflicts\":"
                + conflicts + ",\"failed\":" + failed + "}";
    }
}
