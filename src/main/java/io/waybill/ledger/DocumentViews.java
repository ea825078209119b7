package io.waybill.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Labels and print documents, as people fetch them. */
public final class DocumentViews {
    private final Db db;

    public DocumentViews(DataSource dataSource) {
        this.db = new Db(dataSource);
    }

    /** The bytes of one document. */
    @SuppressWarnings("ArrayRecordComponent") // carried from the database to the socket, never compared
    public record Content(String name, String mediaType, byte[] bytes) {}

    public List<DocumentRow> of(long order) {
        return db.tx(session -> {
            if (session.first("select 1 from orders where id = ?", row -> 1, order) == null) {
                throw ViewError.UNKNOWN_ORDER.of(order);
            }
            return of(session, order);
        });
    }

    /** The PDF, or with {@code original} the bytes as they came. */
    public Content content(long order, long document, boolean original) {
        List<Content> found = db.query(
                """
                select d.name, b.media_type, b.bytes from document d
                join blob b on b.sha256 = case when ? then d.source else d.pdf end
                where d.order_id = ? and d.id = ?""",
                row -> new Content(row.getString(1), row.getString(2), row.getBytes(3)),
                original,
                order,
                document);
        if (found.isEmpty()) {
            throw ViewError.UNKNOWN_DOCUMENT.of(document);
        }
        return found.get(0);
    }

    static List<DocumentRow> of(Db.Session session, long order) throws SQLException {
        return session.query("select * from document where order_id = ? order by id", DocumentViews::document, order);
    }

    private static DocumentRow document(ResultSet row) throws SQLException {
        byte @Nullable [] pdf = row.getBytes("pdf");
        return new DocumentRow(
                row.getLong("id"),
                row.getString("kind"),
                row.getString("name"),
                row.getString("shipment_id"),
                row.getString("format"),
                row.getString("size"),
                pdf != null,
                Db.texts(row, "warnings"),
                row.getString("error_code"),
                row.getString("error"),
                row.getTimestamp("created_at").toInstant());
    }
}
