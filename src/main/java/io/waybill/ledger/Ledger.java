package io.waybill.ledger;

import io.waybill.order.Event;
import io.waybill.order.EventJson;
import io.waybill.order.OrderChanged;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Orders and what was decided about them. Look, decide (outside, by the routes), commit: a commit is one transaction that
 * holds the order's advisory lock, and answers {@link Commit.Result#STALE_DECISION} when the order changed since it was
 * looked at.
 */
public final class Ledger {
    private final Db db;

    public Ledger(DataSource dataSource) {
        this.db = new Db(dataSource);
    }

    /**
     * Who each order is: by its source's id, by a lane's external id, by our reference stamped there. Answers one entry for
     * each wanted, null where the order is not known.
     */
    public List<@Nullable Known> look(List<Wanted> wanted) {
        Map<Integer, Known> found = new HashMap<>();
        db.query(
                """
                select w.n, o.*, e.payload,
                  coalesce((select array_agg(distinct l.channel) from lane l where l.order_id = o.id), '{}') as linked
                from unnest(?, ?, ?) with ordinality w (channel, order_id, reference, n)
                cross join lateral (
                  select id from (
                    select id, 1 as rank from orders where channel = w.channel and external_id = w.order_id
                    union all
                    select order_id, 2 from lane where channel = w.channel and external_id = w.order_id
                    union all
                    select order_id, 3 from lane
                    where w.reference is not null and channel = w.channel and reference = w.reference) candidate
                  order by rank, id limit 1) which
                join orders o on o.id = which.id
                join event e on e.id = o.event_id""",
                row -> found.put(row.getInt("n"), known(row)),
                wanted.stream().map(Wanted::channel).toArray(String[]::new),
                wanted.stream().map(Wanted::orderId).toArray(String[]::new),
                wanted.stream().map(Wanted::reference).toArray(String[]::new));
        return java.util.stream.IntStream.rangeClosed(1, wanted.size())
                .<@Nullable Known>mapToObj(found::get)
                .collect(java.util.stream.Collectors.toCollection(java.util.ArrayList::new));
    }

    /** One order by our own id, or null. */
    public @Nullable Known look(long orderId) {
        List<Known> rows = db.query(
                """
                select o.*, e.payload,
                  coalesce((select array_agg(distinct l.channel) from lane l where l.order_id = o.id), '{}') as linked
                from orders o join event e on e.id = o.event_id where o.id = ?""",
                Ledger::known,
                orderId);
        return rows.isEmpty() ? null : rows.get(0);
    }

    /** Orders with what was decided about them, newest received first. */
    public List<InForce> inForce(List<Long> orderIds) {
        return db.query(InForce.SQL, InForce::read, (Object) orderIds.toArray(Long[]::new));
    }

    static Known known(ResultSet row) throws SQLException {
        OrderChanged newest =
                (OrderChanged) EventJson.read(row.getString("payload").getBytes(StandardCharsets.UTF_8));
        return new Known(
                row.getLong("id"),
                row.getString("channel"),
                row.getString("external_id"),
                row.getString("number"),
                row.getInt("revision"),
                row.getInt("changes"),
                row.getBoolean("cancelled"),
                row.getLong("receipt_id"),
                Db.texts(row, "tags"),
                new TagsByHand(Db.texts(row, "tags_added"), Db.texts(row, "tags_removed")),
                newest.order()
                        .change()
                        .version(row.getString("source_version"))
                        .updatedAt(Db.instant(row, "source_updated"))
                        .build(),
                Set.copyOf(Db.texts(row, "linked")));
    }

    /**
     * True while a create towards this channel may be taking effect there unseen. Its unknown orders wait then: one of them
     * may be ours.
     */
    public boolean createInFlight(String channel) {
        return !db.query(
                        """
                        select 1 from delivery where state in ('waiting', 'unknown') and channel = ? and operation = 'create-order'
                          and (sending_since is not null or ambiguous_at is not null or state = 'unknown') limit 1""",
                        row -> 1,
                        channel)
                .isEmpty();
    }

    /** The status that a channel was told last, unless it has said something of its own since; null otherwise. */
    public @Nullable String statusToldTo(long order, String channel) {
        return db
                .query(
                        """
                        select t.status from status_told t
                        where t.order_id = ? and t.channel = ? and not exists (
                          select 1 from event e
                          where e.order_id = t.order_id and e.type = 'status' and e.channel = t.channel
                            and e.outcome = 'applied' and e.recorded_at > t.at)""",
                        row -> row.getString(1),
                        order,
                        channel)
                .stream()
                .findFirst()
                .orElse(null);
    }

    /** The word that a channel used last for where an order stands; null when it used none. */
    public @Nullable String statusSaid(long order, String channel) {
        return db
                .query(
                        """
                        select payload::jsonb ->> 'status' from event
                        where order_id = ? and type = 'status' and channel = ? and outcome <> 'stale'
                        order by coalesce(at, recorded_at) desc, coalesce(receipt_id, 0) desc, id desc limit 1""",
                        row -> row.getString(1),
                        order,
                        channel)
                .stream()
                .findFirst()
                .orElse(null);
    }

    /** A status as a channel told it, which is just being sent to another. */
    public record StatusInFlight(String from, String status) {}

    /** The statuses that a channel may be reading at this moment. */
    public List<StatusInFlight> statusesInFlight(long order, String channel) {
        return db.query(
                """
                select e.channel, e.payload::jsonb ->> 'status' as status from delivery d join event e on e.id = d.event_id
                where d.order_id = ? and d.channel = ? and d.operation = 'set-status' and d.state = 'waiting'
                  and (d.sending_since is not null or d.ambiguous_at is not null)""",
                row -> new StatusInFlight(row.getString(1), row.getString(2)),
                order,
                channel);
    }

    /** Commits all in one transaction, at most one commit an order. Results stand in the order of the commits. */
    public List<Commit.Result> commit(List<Commit> commits) {
        return db.tx(session -> new CommitBatch(session, commits).run());
    }

    /** What happened to an order besides its states, in the order in which it was told. */
    public List<KnownFact> facts(long orderId) {
        return db.query(KnownFact.OF_ORDER, KnownFact::read, orderId);
    }

    /**
     * Carries out a state that was read and decided again: its lanes get it as news. Facts follow it.
     *
     * @param failed deliveries of facts to try again
     * @return false when the order changed since it was looked at: read and decide again
     */
    public boolean republish(Republication republication, String by) {
        return db.tx(session -> new RepublishNow(session, republication, by).run());
    }

    /** A delivery as it stands. */
    public record Standing(long order, long event, String channel, String state, boolean ofState) {}

    public @Nullable Standing standing(long delivery) {
        return db
                .query(
                        """
                        select d.order_id, d.event_id, d.channel, d.state, e.type = 'order' as of_state
                        from delivery d join event e on e.id = d.event_id where d.id = ?""",
                        row -> new Standing(
                                row.getLong("order_id"),
                                row.getLong("event_id"),
                                row.getString("channel"),
                                row.getString("state"),
                                row.getBoolean("of_state")),
                        delivery)
                .stream()
                .findFirst()
                .orElse(null);
    }

    /** The facts of an order that some channel was not told since it did not have the order then, with those channels. */
    public Map<Long, Set<String>> untold(long order) {
        Map<Long, Set<String>> untold = new HashMap<>();
        db.query(
                """
                select event_id, channel from delivery
                where order_id = ? and state = 'withheld' and reason = 'not-linked' order by id""",
                row -> untold.computeIfAbsent(row.getLong(1), id -> new LinkedHashSet<>())
                        .add(row.getString(2)),
                order);
        return untold;
    }

    /**
     * Sends a fact where it was withheld.
     *
     * @return the delivery that carries it; none when the order changed since it was looked at: look and decide again
     */
    public OptionalLong send(Known known, KnownFact fact, Decided decided, String by) {
        return db.tx(session -> new SendNow(session, known, fact, decided).run(by));
    }

    /** Carries out what a person did to an order. Nothing when it changed since it was looked at: look and decide again. */
    public Optional<List<HandAct.Sent>> act(HandAct act) {
        return db.tx(session -> new ActNow(session, act).run());
    }

    /** How much of each line of the newest state is neither cancelled nor shipped, by what anybody told. */
    public Map<String, Integer> cancellable(Known known) {
        return db.tx(session -> Quantities.read(session, known.id()).cancellable(known.newest()));
    }

    /**
     * A fact as it is meant.
     *
     * @param fact what a destination says of all it has, as lines where it was given only some of the order's
     * @param echo our own word coming back, or something that changes nothing
     */
    public record Told(Event fact, boolean echo) {}

    public Told told(Known known, String from, Event fact) {
        return db.tx(session -> new Echoes(session, known, from).told(fact));
    }

    /**
     * Decides nothing new but carries out decisions on the newest state again: a push by hand, a repeat after a rule was
     * mended. Answers the channels that something is due to because of it; none when the order changed since it was looked
     * at: look and decide again.
     */
    public Optional<Set<String>> push(Known known, List<Decided> decisions, Push push) {
        return db.tx(session -> new PushNow(session, known, push).run(decisions));
    }
}
