package io.waybill.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.waybill.order.Event;
import io.waybill.order.EventJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * Orders of the past with what happened to them, newest received first. Read page by page along the index, each page by itself: no
 * transaction stays open and no more than a page is in memory, however many there are.
 */
public final class OrderHistory {
    private static final int PAGE = 500;
    private static final Instant END = Instant.parse("9999-12-31T00:00:00Z");

    private final Db db;

    public OrderHistory(DataSource dataSource) {
        this.db = new Db(dataSource);
    }

    /** An order as it stands, and the facts that were told about it, oldest first. */
    public record Past(Known order, List<Told> facts) {}

    public record Told(String channel, Event event) {}

    private record Row(Cursor at, Known order) {}

    /** @param channels whose orders, and whose word on orders, are wanted */
    public void forEach(Instant since, Set<String> channels, Consumer<Past> each) {
        String[] names = channels.toArray(String[]::new);
        Cursor before = new Cursor(END, Long.MAX_VALUE);
        List<Row> page;
        do {
            page = page(since, names, before);
            Map<Long, List<Told>> facts = facts(page, names);
            page.forEach(row -> each.accept(
                    new Past(row.order(), facts.getOrDefault(row.order().id(), List.of()))));
            before = page.isEmpty() ? before : page.get(page.size() - 1).at();
        } while (page.size() == PAGE);
    }

    private List<Row> page(Instant since, String[] channels, Cursor before) {
        return db.query(
                """
                select o.*, e.payload,
                  coalesce((select array_agg(distinct l.channel) from lane l where l.order_id = o.id), '{}') as linked
                from orders o join event e on e.id = o.event_id
                where o.received_at >= ? and (o.received_at, o.id) < (?, ?) and (o.channel = any(?) or exists (
                  select 1 from event f where f.order_id = o.id and f.channel = any(?) and f.type <> 'order'))
                order by o.received_at desc, o.id desc limit ?""",
                row -> new Row(
                        new Cursor(row.getTimestamp("received_at").toInstant(), row.getLong("id")), Ledger.known(row)),
                since,
                before.at(),
                before.id(),
                channels,
                channels,
                PAGE);
    }

    private Map<Long, List<Told>> facts(List<Row> page, String[] channels) {
        Map<Long, List<Told>> facts = new HashMap<>();
        db.query(
                """
                select order_id, channel, payload from event
                where order_id = any(?) and channel = any(?) and type <> 'order' and outcome = 'applied' order by id""",
                row -> facts.computeIfAbsent(row.getLong(1), id -> new ArrayList<>())
                        .add(new Told(
                                row.getString(2),
                                EventJson.read(row.getString(3).getBytes(UTF_8)))),
                page.stream().map(row -> row.order().id()).toArray(Long[]::new),
                channels);
        return facts;
    }
}
