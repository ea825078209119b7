package io.waybill.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.ledger.Deliveries.Appetite;
import io.waybill.order.Event;
import io.waybill.order.EventJson;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Claims due lanes of several channels with one statement, and reads all that their sends need with another. */
final class ClaimBatch {
    private final Db.Session session;
    private final Map<String, Appetite> wanted;
    private final Duration lease;
    private final String node;

    ClaimBatch(Db.Session session, Map<String, Appetite> wanted, Duration lease, String node) {
        this.session = session;
        this.wanted = wanted;
        this.lease = lease;
        this.node = node;
    }

    List<Claimed> run() throws SQLException {
        Long[] lanes = lockLanes();
        if (lanes.length == 0) {
            return List.of();
        }
        lease(lanes);
        List<Claimed> claimed = session.query(HEADS, ClaimBatch::claimed, (Object) lanes);
        insertAttempts(
                session, claimed.stream().filter(c -> !marksLate(c.channel())).toList());
        return claimed;
    }

    private boolean marksLate(String channel) {
        Appetite appetite = wanted.get(channel);
        return appetite != null && appetite.marksLate();
    }

    /**
     * Locks them only: what goes next on a lane must be read after its lock is had, so by a statement of its own. A pause holds
     * from the moment it is written, whatever the caller knew.
     */
    private Long[] lockLanes() throws SQLException {
        return session.query(
                        """
                        select l.id from unnest(?, ?) as want (channel, lanes)
                        cross join lateral (
                          select id from lane
                          where lane.channel = want.channel and due_at <= now()
                            and (leased_until is null or leased_until <= now())
                          order by due_at limit want.lanes for update skip locked) l
                        where not exists (
                          select 1 from switch s where s.channel = want.channel and s.name = 'paused' and s.value = 'true')""",
                        row -> row.getLong(1),
                        wanted.keySet().toArray(String[]::new),
                        wanted.values().stream().map(Appetite::lanes).toArray(Integer[]::new))
                .toArray(Long[]::new);
    }

    /**
     * Takes the lanes, and marks what goes next on each; a status that waits for its meaning is passed by. Finding the mark there already
     * means that an earlier worker died with the send open: doubtful from now on, since its bytes may have left at any moment
     * until it died.
     * A doubtful create or update keeps the revision it was sent with: the same bytes are repeated under its key.
     */
    private void lease(Long[] lanes) throws SQLException {
        String[] late = wanted.entrySet().stream()
                .filter(w -> w.getValue().marksLate())
                .map(Map.Entry::getKey)
                .toArray(String[]::new);
        session.update(
                """
                with head as (
                  select distinct on (lane_id) id from delivery
                  where lane_id = any(?) and state = 'waiting'
                    and not (operation = 'set-status' and reason = 'awaiting-mapping' and due_at > now())
                  order by lane_id, id),
                marked as (
                  update delivery d set
                    ambiguous_at = case when sending_since is null then ambiguous_at else now() end,
                    sending_since = case when d.channel = any(?) then null else now() end,
                    revision = case when d.operation in ('create-order', 'update-order') and d.sending_since is null
                      and d.ambiguous_at is null then o.revision else d.revision end
                  from head, orders o where d.id = head.id and o.id = d.order_id
                  returning d.lane_id, d.operation, d.revision)
                update lane l set leased_until = now() + ? * interval '1 millisecond', leased_by = ?, fence = l.fence + 1,
                  sending_revision = case when m.operation in ('create-order', 'update-order') then m.revision
                    else l.sending_revision end
                from unnest(?) as due (id) left join marked m on m.lane_id = due.id
                where l.id = due.id""",
                lanes,
                late,
                lease.toMillis(),
                node,
                lanes);
    }

    private static final String HEADS =
            """
            select d.id as delivery_id, l.id as lane_id, l.fence, l.order_id, d.event_id, l.channel, d.operation, d.key, l.part,
              l.external_id, l.reference, d.line_ids, d.choice, l.sent_choice, l.sent_revision, d.attempts, d.vouched_for,
              (extract(epoch from now() - d.ambiguous_at) * 1000)::bigint as ambiguous_millis,
              o.channel as source, o.external_id as source_order_id, o.number, o.revision as newest_revision, o.tags,
              e.payload, e.decisions, coalesce(e.revision, 0) as revision, fact.payload as fact,
              case when fact.id is not null and l.sent_revision > 0 then array(
                select q.line_id from line_quantity q where q.order_id = l.order_id and q.channel = l.channel and q.part = l.part)
              end as there
            from lane l
            join lateral (
              select * from delivery
              where lane_id = l.id and state = 'waiting'
                and not (operation = 'set-status' and reason = 'awaiting-mapping' and due_at > now())
              order by id limit 1) d on true
            join orders o on o.id = l.order_id
            join event e on e.id = case
              when d.operation in ('create-order', 'update-order', 'find-order') and l.sending_revision < o.revision
                then (select s.id from event s where s.order_id = o.id and s.type = 'order' and s.revision = l.sending_revision)
              else o.event_id end
            left join event fact on fact.id = d.event_id and fact.type <> 'order'
            where l.id = any(?)
            order by d.id""";

    private static Claimed claimed(ResultSet row) throws SQLException {
        @Nullable String fact = row.getString("fact");
        Event told = EventJson.read((fact == null ? row.getString("payload") : fact).getBytes(StandardCharsets.UTF_8));
        java.sql.Array there = row.getArray("there");
        @Nullable Event event = there == null ? told : Narrowing.of(told, Set.of((String[]) there.getArray()));
        java.sql.Array lines = row.getArray("line_ids");
        return new Claimed(
                row.getLong("delivery_id"),
                row.getLong("lane_id"),
                row.getInt("fence"),
                row.getLong("order_id"),
                row.getLong("event_id"),
                row.getString("channel"),
                row.getString("operation"),
                row.getString("key"),
                row.getString("source"),
                row.getString("source_order_id"),
                row.getString("number"),
                row.getInt("part"),
                row.getString("external_id"),
                row.getString("reference"),
                row.getInt("attempts"),
                event == null ? told : event,
                event == null,
                fact == null ? row.getInt("revision") : 0,
                row.getInt("newest_revision"),
                row.getInt("sent_revision"),
                overlay(row.getString("decisions"), row.getString("channel")),
                lines == null ? null : List.of((String[]) lines.getArray()),
                row.getInt("choice"),
                row.getInt("sent_choice"),
                row.getBoolean("vouched_for"),
                ambiguousFor(row));
    }

    private static @Nullable Duration ambiguousFor(ResultSet row) throws SQLException {
        long millis = row.getLong("ambiguous_millis");
        return row.wasNull() ? null : Duration.ofMillis(millis);
    }

    private static Overlay overlay(String decisions, String channel) {
        try {
            for (JsonNode decided : EventJson.MAPPER.readTree(decisions)) {
                if (decided.path("channel").asText().equals(channel) && decided.has("overlay")) {
                    return EventJson.MAPPER.treeToValue(decided.get("overlay"), Overlay.class);
                }
            }
            return Overlay.NONE;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the ledger holds decisions that cannot be read", e);
        }
    }

    static void insertAttempts(Db.Session session, List<Claimed> claimed) throws SQLException {
        if (claimed.isEmpty()) {
            return;
        }
        session.update(
                """
                insert into attempt (delivery_id, number, order_id, channel, operation, revision)
                select * from unnest(?, ?, ?, ?, ?, ?)""",
                claimed.stream().map(Claimed::deliveryId).toArray(Long[]::new),
                claimed.stream().map(Claimed::fence).toArray(Integer[]::new),
                claimed.stream().map(Claimed::orderId).toArray(Long[]::new),
                claimed.stream().map(Claimed::channel).toArray(String[]::new),
                claimed.stream().map(Claimed::operation).toArray(String[]::new),
                claimed.stream().map(Claimed::revision).toArray(Integer[]::new));
    }
}
