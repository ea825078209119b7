package io.waybill.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Deliveries as people look at them, newest first. */
public final class DeliveryViews {
    /** The newest attempts of a delivery that keeps being tried. */
    private static final int TRIES = 50;

    private final Db db;

    public DeliveryViews(DataSource dataSource) {
        this.db = new Db(dataSource);
    }

    /** @param cursor {@link Slice#next()} of the page before; null for the first */
    public Slice<DeliveryRow> list(DeliveryFilter filter, @Nullable String cursor, int limit) {
        Where where = filter.where().and("d.id < ?", Cursor.idOf(cursor));
        return Slice.of(
                db.query(sql(where), DeliveryRow::read, where.parameters(limit + 1)),
                limit,
                row -> Cursor.of(row.id()));
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
            return new DeliveryWhole(
                    row,
                    received(session, id),
                    mapped(session, id),
                    last(session, id, "request"),
                    last(session, id, "response"),
                    tries(session, id));
        });
    }

    private static DeliveryWhole.@Nullable Received received(Db.Session session, long id) throws SQLException {
        return session.first(
                """
                select b.* from delivery d join event e on e.id = d.event_id join receipt_body b on b.receipt_id = e.receipt_id
                where d.id = ? order by b.received_at desc limit 1""",
                row -> new DeliveryWhole.Received(
                        row.getLong("receipt_id"),
                        row.getTimestamp("received_at").toInstant(),
                        Json.shown(row.getString("headers")),
                        Json.text(row.getBytes("body"))),
                id);
    }

    private static @Nullable JsonNode mapped(Db.Session session, long id) throws SQLException {
        return Json.shown(session.first(
                "select e.payload from delivery d join event e on e.id = d.event_id where d.id = ?",
                row -> row.getString(1),
                id));
    }

    private static @Nullable JsonNode last(Db.Session session, long id, String column) throws SQLException {
        return Json.shown(session.first(
                "select " + column + " from attempt where delivery_id = ? and " + column
                        + " is not null order by started_at desc limit 1",
                row -> row.getString(1),
                id));
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
