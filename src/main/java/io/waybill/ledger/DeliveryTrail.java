package io.waybill.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What was said on a delivery's way: received, mapped, sent, answered. */
final class DeliveryTrail {
    private final Db.Session session;
    private final long delivery;
    private final long event;

    /** @param event the one that was sent: a fact, or a state of the order */
    DeliveryTrail(Db.Session session, long delivery, long event) {
        this.session = session;
        this.delivery = delivery;
        this.event = event;
    }

    /** Null once it is older than what is kept, or redacted. */
    DeliveryWhole.@Nullable Received received() throws SQLException {
        return session.first(
                """
                select b.* from event e join receipt_body b on b.receipt_id = e.receipt_id
                where e.id = ? and length(b.body) > 0 order by b.received_at desc limit 1""",
                row -> new DeliveryWhole.Received(
                        row.getLong("receipt_id"),
                        row.getTimestamp("received_at").toInstant(),
                        Json.shown(row.getString("headers")),
                        Json.text(row.getBytes("body"))),
                event);
    }

    @Nullable
    JsonNode mapped() throws SQLException {
        return Json.shown(session.first("select payload from event where id = ?", row -> row.getString(1), event));
    }

    /** @param column request or response; the newest there is of an attempt that started no later than this one */
    @Nullable
    JsonNode last(String column, Instant started) throws SQLException {
        return Json.shown(session.first(
                "select " + column + " from attempt where delivery_id = ? and started_at <= ? and " + column
                        + " is not null order by started_at desc limit 1",
                row -> row.getString(1),
                delivery,
                started));
    }
}
