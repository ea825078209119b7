package io.waybill.ledger;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Receipts as people look at them: those that still need something, newest first; and any one by its id. */
public final class ReceiptViews {
    private final Db db;

    public ReceiptViews(DataSource dataSource) {
        this.db = new Db(dataSource);
    }

    /** States that are listed; what was imported is seen at its order. */
    public enum State {
        WAITING,
        PARKED,
        CONFLICT;

        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * @param parent the receipt of the array that this element was taken from
     * @param waitsFor the order, by its id at the channel, that has to arrive first
     */
    public record ReceiptRow(
            long id,
            String channel,
            String topic,
            String eventId,
            @Nullable Long parent,
            Instant receivedAt,
            String state,
            int attempts,
            @Nullable String errorCode,
            @Nullable String errorPath,
            @Nullable String error,
            @Nullable String waitsFor) {}

    /** @param body as text where it is UTF-8, else {@code base64:…} */
    public record ReceiptWhole(@JsonUnwrapped ReceiptRow row, @Nullable JsonNode headers, @Nullable String body) {}

    public Slice<ReceiptRow> list(@Nullable State state, @Nullable String channel, @Nullable String cursor, int limit) {
        Where where = new Where().andIf(channel, "channel = ?").and("id < ?", Cursor.idOf(cursor));
        return Slice.of(
                db.query(
                        sql(where),
                        ReceiptViews::row,
                        parameters(
                                state == null ? State.values() : new State[] {state},
                                where.parameters(limit + 1, limit + 1))),
                limit,
                row -> Cursor.of(row.id()));
    }

    /** Each state along its own stretch of the index, so that many of one do not stand before a few of another. */
    private static String sql(Where where) {
        return """
                select r.* from unnest(?) as wanted (state)
                cross join lateral (
                  select * from receipt
                  where state = wanted.state and state in ('parked', 'conflict', 'waiting') and %s
                  order by id desc limit ?) r
                order by r.id desc limit ?"""
                .formatted(where.sql());
    }

    private static @Nullable Object[] parameters(State[] states, @Nullable Object[] rest) {
        List<@Nullable Object> all = new ArrayList<>();
        all.add(Arrays.stream(states).map(State::word).toArray(String[]::new));
        all.addAll(Arrays.asList(rest));
        return all.toArray();
    }

    public ReceiptWhole one(long id) {
        return db.tx(session -> {
            ReceiptWhole found = session.first(
                    """
                    select r.*, b.headers, b.body from receipt r
                    left join receipt_body b on b.receipt_id = r.id and b.received_at = r.received_at where r.id = ?""",
                    ReceiptViews::whole,
                    id);
            if (found == null) {
                throw ViewError.UNKNOWN_RECEIPT.of(id);
            }
            return found;
        });
    }

    private static ReceiptWhole whole(ResultSet row) throws SQLException {
        byte @Nullable [] body = row.getBytes("body");
        return new ReceiptWhole(row(row), Json.shown(row.getString("headers")), body == null ? null : Json.text(body));
    }

    private static ReceiptRow row(ResultSet row) throws SQLException {
        return new ReceiptRow(
                row.getLong("id"),
                row.getString("channel"),
                row.getString("topic"),
                row.getString("event_id"),
                row.getObject("parent_id", Long.class),
                row.getTimestamp("received_at").toInstant(),
                row.getString("state"),
                row.getInt("attempts"),
                row.getString("error_code"),
                row.getString("error_path"),
                row.getString("error"),
                row.getString("waits_for"));
    }
}
