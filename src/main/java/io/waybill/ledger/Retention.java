package io.waybill.ledger;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;

/**
 * Forgets what is past its age: whole months of bodies and attempts at once, rows of the small tables in small steps. Safe to
 * run again, and on several nodes at once. Orders, events, decisions and deliveries are kept.
 */
public final class Retention {
    private static final int STEP = 5_000;

    private final Db db;
    private final Clock clock;
    private final Ages ages;
    private final Partitions partitions;

    public Retention(DataSource dataSource, Clock clock, Ages ages) {
        this.db = new Db(dataSource);
        this.clock = clock;
        this.ages = ages;
        this.partitions = new Partitions(dataSource, clock);
    }

    /** @param months dropped whole @param rows deleted one by one */
    public record Forgotten(int months, int rows) {}

    /** @param goOn asked between two steps: false when the server stops */
    public Forgotten run(BooleanSupplier goOn) {
        // Keys first: a receipt without its body could not be shown.
        int rows = receipts(goOn)
                + steps("run", "started_at < ?::date and state <> 'running'", oldest(ages.runs()), goOn)
                + steps("audit", "at < ?::date", oldest(ages.audit()), goOn)
                + steps("receipt_body_default", "received_at < ?::date", oldest(ages.receipts()), goOn)
                + steps("attempt_default", "started_at < ?::date", oldest(ages.attempts()), goOn);
        int months = partitions.dropBefore(Partitions.Table.RECEIPT_BODY, oldest(ages.receipts()))
                + partitions.dropBefore(Partitions.Table.ATTEMPT, oldest(ages.attempts()));
        return new Forgotten(months, rows);
    }

    /** All but those that are still to be imported. What nobody looked at in all that time goes as well. */
    private int receipts(BooleanSupplier goOn) {
        return steps(
                "receipt",
                "received_at < ?::date and (state <> 'waiting' or waits_for is not null)",
                oldest(ages.receipts()),
                goOn);
    }

    private LocalDate oldest(Duration age) {
        return LocalDate.ofInstant(clock.instant().minus(age), ZoneOffset.UTC);
    }

    private int steps(String table, String where, LocalDate oldest, BooleanSupplier goOn) {
        String sql = "delete from %s where ctid = any(array(select ctid from %s where %s limit %d))"
                .formatted(table, table, where, STEP);
        int rows = 0;
        int step;
        do {
            step = db.update(sql, oldest.toString());
            rows += step;
        } while (step == STEP && goOn.getAsBoolean());
        return rows;
    }
}
