package io.waybill.api;

import io.waybill.order.ErrorCode;
import io.waybill.order.ErrorKind;
import io.waybill.order.WaybillException;
import java.util.Locale;

/** A failure of every sort that the API translates. */
enum ProblemSample implements ErrorCode {
    UNKNOWN_CHANNEL(ErrorKind.CALLER),
    ORDER_NOT_FOUND(ErrorKind.CALLER),
    ALREADY_CANCELLED(ErrorKind.CALLER),
    BODY_TOO_LARGE(ErrorKind.CALLER),
    STALE_TIMESTAMP(ErrorKind.CALLER),
    INVALID_EVENT(ErrorKind.DATA),
    CHANNEL_AWAY(ErrorKind.PARTNER),
    DEFECT(ErrorKind.INTERNAL),
    UNFORESEEN(ErrorKind.INTERNAL);

    private final ErrorKind kind;

    ProblemSample(ErrorKind kind) {
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

    RuntimeException exception() {
        return this == UNFORESEEN
                ? new IllegalStateException("secret inside")
                : new WaybillException(this, "Said about " + code());
    }
}
