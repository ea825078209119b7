package io.waybill.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Deliveries as people look at them, newest first. */
public final class DeliveryViews {
    /** The newest attempts of a delivery that keeps being tried. */
    private static final int TRIES = 50;

    private static final Instant ALWAYS = Instant.parse("9999-12-31T00:00:00Z");

    private final Db db;

    public DeliveryViews(DataSource dataSource) {
        this.db = new Db(dataSource);
    }

    /** @param cursor {@link Slice#next()} of the page before; null for the first */
    public Slice<DeliveryRow> list(DeliveryFilter filter, @Nullable String cursor, int limit) {
        Where where = filter.where().and("d.id < ?", Cursor.idOf(cursor));
        List<DeliveryRow> rows = db.tx(session -> {
            where.andIf(FewOfMany.deliveries(session, filter), "d.id = any(?)");
            return session.query(sql(where), DeliveryRow::read, where.parameters(limit + 1));
        });
        return Slice.of(rows, limit, row -> Cursor.of(row.id()));
    }

    private static String sql(Where where) {
        return "select * from delivery_shown d where " + where.sql() + " order by d.id desc limit ?";
    }

    public DeliveryWhole one(long id) {
        return db.tx(session -> {
            DeliveryRow row = session.first("select * from delivery_shown where id = ?", DeliveryRow::read, id);
            if (row == null) {
                throw ViewError.UNKNOWN_DELIVERY.of(id);
            }
            DeliveryTrail trail = new DeliveryTrail(session, id, event(session, id));
            return new DeliveryWhole(
                    row,
                    trail.received(),
                    trail.mapped(),
                    trail.last("request", ALWAYS),
                    trail.last("response", ALWAYS),
                    tries(session, id));
        });
    }

    private static long event(Db.Session session, long id) throws SQLException {
        return Objects.requireNonNull(
                session.first("select event_id from delivery where id = ?", row -> row.getLong(1), id));
    }

    private static List<DeliveryWhole.Attempt> tries(Db.Session session, long id) throws SQLException {
        return session.query(
                "select * from attempt where delivery_id = ? order by started_at desc limit " + TRIES,
                DeliveryViews::attempt,
                id);
    }

    private static DeliveryWhole.Attempt attempt(ResultSet row) throws SQLException {
        return new DeliveryWhole.Attempt(
                row.getInt("number"),
                row.getTimestamp("started_at").toInstant(),
                Db.instant(row, "finished_at"),
                row.getString("outcome"),
                row.getObject("revision", Integer.class),
                row.getString("deployment"),
                row.getObject("status", Integer.class),
                row.getString("error_code"),
                row.getString("error"));
    }
}
