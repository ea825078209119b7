package io.waybill.flow;

import io.waybill.channel.Channel.Limits;

/**
 * What one server may use of a limit that all live servers share. The shares of all add up to the limit, never more; while
 * servers come or go they may disagree for a second or two.
 *
 * @param place of this server among them, from 0
 * @param servers alive, this one included
 */
public record Share(int place, int servers) {
    public static final Share WHOLE = new Share(0, 1);

    public Share {
        if (servers < 1 || place < 0) {
            throw new IllegalArgumentException("at least this server is alive");
        }
    }

    /** May be 0, where there are more servers than calls at a time. */
    int concurrency(Limits limits) {
        int rest = place < limits.concurrency() % servers ? 1 : 0;
        return limits.concurrency() / servers + rest;
    }

    /** Divided by the servers that may call at all. */
    double rate(Limits limits) {
        return limits.ratePerSecond() / Math.min(servers, limits.concurrency());
    }
}
