package io.waybill.task;

import io.waybill.order.ErrorCode;
import io.waybill.order.ErrorKind;
import java.util.Locale;

/** How tasks fail. */
public enum TaskError implements ErrorCode {
    UNKNOWN_TASK(ErrorKind.CALLER),
    INVALID_PACE(ErrorKind.CALLER),
    /** The channel's connector has no such operation, or the channel lacks its settings. */
    TASK_NOT_POSSIBLE(ErrorKind.CALLER),
    /** No connection was made: address, network, certificate. */
    CHANNEL_UNREACHABLE(ErrorKind.PARTNER),
    /** The channel answered something that is no page of orders. */
    POLL_UNREADABLE(ErrorKind.PARTNER),
    /** What a channel answered about an order is about another one. */
    WRONG_ORDER(ErrorKind.DATA),
    TASK_FAILED(ErrorKind.INTERNAL),
    /** Another node took this run to be dead, or the server is stopping. */
    INTERRUPTED(ErrorKind.INTERNAL);

    private final ErrorKind kind;

    TaskError(ErrorKind kind) {
        this.kind = kind;
    }

    @Override
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public ErrorKind kind() {
        return kind;
    }
}
