package io.waybill.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** How far each polling task has come. A cursor is what the task says it is: an instant, an id, a page's token. */
public final class Cursors {
    private final Db db;

    public Cursors(DataSource dataSource) {
        this.db = new Db(dataSource);
    }

    public record Cursor(String channel, String task, String value, Instant updatedAt) {}

    public Optional<Cursor> find(String channel, String task) {
        return db
                .query(
                        "select value, updated_at from cursor where channel = ? and task = ?",
                        row -> new Cursor(
                                channel,
                                task,
                                row.getString(1),
                                row.getTimestamp(2).toInstant()),
                        channel,
                        task)
                .stream()
                .findFirst();
    }

    public List<Cursor> list(String channel) {
        return db.query(
                "select task, value, updated_at from cursor where channel = ? order by task",
                row -> new Cursor(
                        channel,
                        row.getString(1),
                        row.getString(2),
                        row.getTimestamp(3).toInstant()),
                channel);
    }

    public void set(String channel, String task, String value) {
        db.update(
                """
                insert into cursor (channel, task, value) values (?, ?, ?)
                on conflict (channel, task) do update set value = excluded.value, updated_at = now()""",
                channel,
                task,
                value);
    }

    /** The next run begins as the first one did. */
    public void reset(String channel, String task) {
        db.update("delete from cursor where channel = ? and task = ?", channel, task);
    }
}
