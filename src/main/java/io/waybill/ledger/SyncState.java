package io.waybill.ledger;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * How an order stands at a destination. The conditions here are the definitions; {@code %s} narrows them to one channel. An
 * order may be in several at once, each at another destination.
 */
public enum SyncState {
    /** Delivered, and we know its id there. */
    SYNCED("(" + Condition.LINK + ") is not null"),
    NOT_SYNCED("coalesce((" + Condition.LINK + "), 0) <> 1"),
    IN_PROGRESS(
            """
            o.id in (select x.order_id from lane x where x.due_at is not null and x.leased_until > now()%s)"""),
    /** Published, and waiting for a person to push it. */
    ELIGIBLE(
            """
            o.id in (select x.order_id from delivery x where x.state = 'waiting' and x.reason = 'manual'%s)"""),
    FAILED("o.id in (select x.order_id from delivery x where x.state = 'failed'%s)"),
    UNKNOWN("o.id in (select x.order_id from delivery x where x.state = 'unknown'%s)"),
    /** Withheld the last time that it was decided. */
    WITHHELD(
            """
            (select 1 from delivery x where x.order_id = o.id and x.state = 'withheld'%s and not exists (
              select 1 from delivery y where y.order_id = o.id and y.channel = x.channel and y.operation = x.operation
                and y.id > x.id) limit 1) is not null""");

    /**
     * Scalar subqueries on purpose: they are asked row by row along the list's own index, where "exists" would be planned as
     * a join over both tables whole.
     */
    private static final class Condition {
        static final String LINK =
                "select 1 from lane x where x.order_id = o.id and x.external_id is not null and x.sent_revision > 0%s limit 1";
    }

    private final String condition;

    SyncState(String condition) {
        this.condition = condition;
    }

    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** A condition on {@code orders o}, with one parameter when it is about one channel. */
    String condition(boolean oneChannel) {
        return condition.formatted(oneChannel ? " and x.channel = ?" : "");
    }
}
