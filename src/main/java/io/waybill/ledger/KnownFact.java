package io.waybill.ledger;

import io.waybill.order.Event;
import io.waybill.order.EventJson;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A fact about an order and how it stands where it was to go.
 *
 * @param from the channel that told it
 * @param delivered channels that have it
 * @param open channels that it is still on its way to, or may have reached
 * @param failed the delivery that failed, by channel
 * @param sent how often it was sent to a channel by a delivery of its own
 */
public record KnownFact(
        long eventId,
        String from,
        Event event,
        Set<String> delivered,
        Set<String> open,
        Map<String, Long> failed,
        Map<String, Integer> sent) {
    static final String OF_ORDER =
            """
            select e.id, e.channel, e.payload, d.channels, d.states, d.ids from event e
            cross join lateral (
              select array_agg(channel order by id) as channels, array_agg(state order by id) as states,
                array_agg(id order by id) as ids
              from delivery where delivery.order_id = e.order_id and delivery.event_id = e.id) d
            where e.order_id = ? and e.type <> 'order' and e.outcome = 'applied' order by e.id""";

    static KnownFact read(ResultSet row) throws SQLException {
        Standings standings =
                new Standings(Db.texts(row, "channels"), Db.texts(row, "states"), ids(row.getArray("ids")));
        return new KnownFact(
                row.getLong("id"),
                row.getString("channel"),
                EventJson.read(row.getString("payload").getBytes(StandardCharsets.UTF_8)),
                standings.in("delivered"),
                standings.in("waiting", "unknown"),
                standings.failed(),
                standings.sent());
    }

    private static List<Long> ids(java.sql.@Nullable Array array) throws SQLException {
        return array == null ? List.of() : List.of((Long[]) array.getArray());
    }

    /** The fact's deliveries, column by column. */
    private record Standings(List<String> channels, List<String> states, List<Long> ids) {
        Set<String> in(String... wanted) {
            Set<String> found = new java.util.HashSet<>();
            for (int i = 0; i < ids.size(); i++) {
                if (List.of(wanted).contains(states.get(i))) {
                    found.add(channels.get(i));
                }
            }
            return Set.copyOf(found);
        }

        Map<String, Long> failed() {
            Map<String, Long> found = new HashMap<>();
            for (int i = 0; i < ids.size(); i++) {
                if (states.get(i).equals("failed")) {
                    found.put(channels.get(i), ids.get(i));
                }
            }
            return Map.copyOf(found);
        }

        Map<String, Integer> sent() {
            Map<String, Integer> counts = new HashMap<>();
            channels.forEach(channel -> counts.merge(channel, 1, Integer::sum));
            return Map.copyOf(counts);
        }
    }
}
