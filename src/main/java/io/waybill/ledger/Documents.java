package io.waybill.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.order.EventJson;
import io.waybill.order.WaybillException;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Labels and what became of them. Bytes are stored once, by content. */
public final class Documents {
    private final Db db;

    public Documents(DataSource dataSource) {
        this.db = new Db(dataSource);
    }

    /** A label as it came: Base64 (or whatever it was) and the resources that it refers to. */
    public record Source(String data, Map<String, String> resources) {}

    public record Pdf(long documentId, String name, byte[] bytes, @Nullable String size) {}

    /** What the label code made of a source. */
    public record Converted(
            byte[] pdf, String format, @Nullable String size, String converter, List<String> warnings) {}

    /** Stores a label's source; answers its hash, in hex. The same content is stored once. */
    public String store(String data, Map<String, String> resources) {
        ObjectNode node = EventJson.MAPPER.createObjectNode();
        node.put("data", data);
        node.set("resources", EventJson.MAPPER.valueToTree(resources));
        byte[] bytes = EventJson.bytes(node);
        byte[] hash = sha256(bytes);
        db.tx(session -> put(session, hash, "application/json", bytes));
        return HexFormat.of().formatHex(hash);
    }

    public Source source(String hash) {
        byte[] bytes = db
                .query("select bytes from blob where sha256 = ?", row -> row.getBytes(1), (Object)
                        HexFormat.of().parseHex(hash))
                .stream()
                .findFirst()
                .orElseThrow(() -> new WaybillException(
                        LedgerError.NOT_FOUND, "The label's bytes are no longer kept. Ask the source for it again."));
        try {
            JsonNode node = EventJson.MAPPER.readTree(bytes);
            Map<String, String> resources = new LinkedHashMap<>();
            node.path("resources")
                    .properties()
                    .forEach(r -> resources.put(r.getKey(), r.getValue().asText()));
            return new Source(node.path("data").asText(), resources);
        } catch (IOException e) {
            throw new IllegalStateException("the ledger holds a label that cannot be read", e);
        }
    }

    /** The PDF that this converter version made of this label earlier, for any destination. */
    public @Nullable Pdf pdf(long eventId, String converter) {
        List<Pdf> made = db.query(
                """
                select d.id, d.name, d.size, b.bytes from document d join blob b on b.sha256 = d.pdf
                where d.event_id = ? and d.converter = ?""",
                row -> new Pdf(row.getLong("id"), row.getString("name"), row.getBytes("bytes"), row.getString("size")),
                eventId,
                converter);
        return made.isEmpty() ? null : made.get(0);
    }

    /** Keeps a conversion with its order; a second conversion of the same label replaces the first. */
    public Pdf keep(
            long orderId, long eventId, String name, String sourceHash, @Nullable String shipment, Converted c) {
        byte[] hash = sha256(c.pdf());
        long id = db.tx(session -> {
            put(session, hash, "application/pdf", c.pdf());
            return upsert(
                    session,
                    orderId,
                    eventId,
                    name,
                    sourceHash,
                    shipment,
                    c.format(),
                    c.size(),
                    hash,
                    c.converter(),
                    c.warnings().toArray(String[]::new),
                    null,
                    null);
        });
        return new Pdf(id, name, c.pdf(), c.size());
    }

    /** Shows, beside its order, a label that could not be converted. */
    public void failed(
            long orderId,
            long eventId,
            String name,
            String sourceHash,
            @Nullable String shipment,
            String code,
            String error) {
        db.tx(session -> upsert(
                session,
                orderId,
                eventId,
                name,
                sourceHash,
                shipment,
                null,
                null,
                null,
                null,
                new String[0],
                code,
                error));
    }

    /** The PDFs of one shipment's labels, or of all the order's labels, in the order they came. */
    public List<Pdf> labels(long orderId, @Nullable String shipment) {
        return db.query(
                """
                select d.id, d.name, d.size, b.bytes from document d join blob b on b.sha256 = d.pdf
                where d.order_id = ? and d.kind = 'label' and (?::text is null or d.shipment_id = ?) order by d.id""",
                row -> new Pdf(row.getLong("id"), row.getString("name"), row.getBytes("bytes"), row.getString("size")),
                orderId,
                shipment,
                shipment);
    }

    private static long upsert(Db.Session session, @Nullable Object... columns) throws SQLException {
        return session.query(
                        """
                        insert into document (id, order_id, event_id, kind, name, source, shipment_id, format, size, pdf, converter,
                          warnings, error_code, error)
                        values (nextval('ledger_id'), ?, ?, 'label', ?, decode(?, 'hex'), ?, ?, ?, ?, ?, ?, ?, ?)
                        on conflict (event_id) where event_id is not null do update set format = excluded.format,
                          size = excluded.size, pdf = excluded.pdf, converter = excluded.converter,
                          warnings = excluded.warnings, error_code = excluded.error_code, error = excluded.error
                        returning id""",
                        row -> row.getLong(1),
                        columns)
                .get(0);
    }

    private static int put(Db.Session session, byte[] hash, String type, byte[] bytes) throws SQLException {
        return session.update(
                "insert into blob (sha256, media_type, bytes) values (?, ?, ?) on conflict do nothing",
                hash,
                type,
                bytes);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
