package io.waybill.ledger;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the channels of a filter have to do with, when it is little of much. A list of many finds its page soon along its own
 * index; one of few would have to walk past all the others, and starts from here instead. Null when they are many, or the
 * filter names no channel to start from; else all that the list holds, and perhaps more.
 */
final class FewOfMany {
    private static final int FEW = 1000;

    private static final String HOME = "select id from orders where channel = ? order by external_id";
    private static final String LINKED =
            "select order_id from lane where channel = ? and external_id is not null order by external_id";
    private static final String WITHHELD =
            "select %s from delivery where channel = ? and state = 'withheld' order by id";

    /** One a partial index, so that each is read along its own. */
    private static final List<String> SENT = List.of(
            WITHHELD,
            "select %s from delivery where channel = ? and state = 'waiting' order by id",
            "select %s from delivery where channel = ? and state = 'failed' order by id",
            "select %s from delivery where channel = ? and state = 'unknown' order by id",
            "select %s from delivery where channel = ? and state = 'delivered' order by finished_at",
            "select %s from delivery where channel = ? and state in ('superseded', 'void') order by id");

    private final List<String> reads = new ArrayList<>();
    private final List<Object> channels = new ArrayList<>();

    private FewOfMany() {}

    static Long @Nullable [] orders(Db.Session session, OrderFilter filter) throws SQLException {
        FewOfMany few = new FewOfMany();
        if (filter.channel() != null) {
            few.read(reads(filter.sync()), "order_id", filter.channel());
        }
        if (few.reads.isEmpty() && filter.destinations() != null) {
            filter.destinations().forEach(destination -> few.read(SENT, "order_id", destination));
        }
        return few.ids(session);
    }

    static Long @Nullable [] deliveries(Db.Session session, DeliveryFilter filter) throws SQLException {
        FewOfMany few = new FewOfMany();
        if (filter.channel() != null && filter.state() == null) {
            few.read(SENT, "id", filter.channel());
        }
        return few.ids(session);
    }

    private static List<String> reads(@Nullable SyncState sync) {
        if (sync == null) {
            return Stream.concat(Stream.of(HOME), SENT.stream()).toList();
        }
        return switch (sync) {
            case SYNCED -> List.of(LINKED);
            case WITHHELD -> List.of(WITHHELD);
            // Those that start from few by themselves, and what holds nearly all.
            case IN_PROGRESS, ELIGIBLE, FAILED, UNKNOWN, NOT_SYNCED -> List.of();
        };
    }

    private void read(List<String> sources, String column, String channel) {
        sources.forEach(source -> {
            reads.add("(" + source.formatted(column) + " limit " + (FEW + 1) + ")");
            channels.add(channel);
        });
    }

    private Long @Nullable [] ids(Db.Session session) throws SQLException {
        if (reads.isEmpty()) {
            return null;
        }
        List<Long> ids = session.query(
                "select * from (" + String.join("\nunion all\n", reads) + ") x limit " + (FEW + 1),
                row -> row.getLong(1),
                channels.toArray());
        return ids.size() > FEW ? null : ids.stream().distinct().toArray(Long[]::new);
    }
}
