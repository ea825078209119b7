package io.waybill.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An order with the decisions in force for its newest state.
 *
 * @param redacted its personal data is gone: it is not sent again
 * @param sent channels that have it, or may have it
 */
public record InForce(Known order, List<Decided> decisions, boolean redacted, Set<String> sent) {
    static final String SQL =
            """
            select o.*, e.payload, e.decisions,
              coalesce((select array_agg(distinct l.channel) from lane l where l.order_id = o.id), '{}') as linked,
              coalesce((select array_agg(distinct l.channel) from lane l where l.order_id = o.id
                and (l.external_id is not null or l.sent_revision > 0 or l.sending_revision is not null)), '{}') as sent
            from orders o join event e on e.id = o.event_id where o.id = any(?) order by o.received_at desc, o.id desc""";

    static InForce read(ResultSet row) throws SQLException {
        return new InForce(
                Ledger.known(row),
                Decided.read(row.getString("decisions")),
                row.getTimestamp("redacted_at") != null,
                Set.copyOf(Db.texts(row, "sent")));
    }

    public Optional<Decided> decisionFor(String channel) {
        return decisions.stream().filter(d -> d.channel().equals(channel)).findFirst();
    }
}
