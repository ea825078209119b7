package io.waybill.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** How many of each article there are, as channels say, and what was last written to which channel. */
public final class Stocks {
    private final Db db;

    public Stocks(DataSource dataSource) {
        this.db = new Db(dataSource);
    }

    /** @param location empty where the channel has but one */
    public record Quantity(String sku, String location, long quantity) {}

    public record StockRow(
            long id,
            String channel,
            String sku,
            String location,
            long quantity,
            Instant at,
            @Nullable Long written,
            @Nullable Instant writtenAt) {
        static StockRow read(ResultSet row) throws SQLException {
            return new StockRow(
                    row.getLong("id"),
                    row.getString("channel"),
                    row.getString("sku"),
                    row.getString("location"),
                    row.getLong("quantity"),
                    row.getTimestamp("at").toInstant(),
                    row.getObject("written", Long.class),
                    Db.instant(row, "written_at"));
        }
    }

    /** Answers how many are different now. */
    public int store(String channel, List<Quantity> quantities) {
        return db.tx(session -> {
            int stored = 0;
            for (Quantity one : quantities) {
                stored += session.update(
                        """
                        insert into stock as s (id, channel, sku, location, quantity)
                        values (nextval('ledger_id'), ?, ?, ?, ?)
                        on conflict (channel, sku, location) do update set quantity = excluded.quantity, at = now()
                        where s.quantity <> excluded.quantity""",
                        channel,
                        one.sku(),
                        one.location(),
                        one.quantity());
            }
            return stored;
        });
    }

    /** By SKU as the channel it is written to calls it. */
    public Map<String, Long> written(String channel) {
        Map<String, Long> written = new LinkedHashMap<>();
        db.query(
                "select sku, quantity from stock_written where channel = ?",
                row -> written.put(row.getString(1), row.getLong(2)),
                channel);
        return written;
    }

    public void wrote(String channel, Map<String, Long> quantities) {
        db.tx(session -> {
            for (Map.Entry<String, Long> one : quantities.entrySet()) {
                session.update(
                        """
                        insert into stock_written (channel, sku, quantity) values (?, ?, ?)
                        on conflict (channel, sku) do update set quantity = excluded.quantity, at = now()""",
                        channel,
                        one.getKey(),
                        one.getValue());
            }
            return quantities.size();
        });
    }

    /** @param cursor {@link Slice#next()} of the page before; null for the first */
    public Slice<StockRow> list(@Nullable String channel, @Nullable String sku, @Nullable String cursor, int limit) {
        Where where = new Where()
                .andIf(channel, "s.channel = ?")
                .andIf(sku, "s.sku = ?")
                .and("s.id < ?", Cursor.idOf(cursor));
        return Slice.of(
                db.query(
                        "select s.*, w.quantity as written, w.at as written_at from stock s"
                                + " left join stock_written w on w.channel = s.channel and w.sku = s.sku where "
                                + where.sql() + " order by s.id desc limit ?",
                        StockRow::read,
                        where.parameters(limit + 1)),
                limit,
                row -> Cursor.of(row.id()));
    }
}
