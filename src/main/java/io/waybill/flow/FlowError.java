package io.waybill.flow;

import io.waybill.order.ErrorCode;
import io.waybill.order.ErrorKind;
import java.util.Locale;

/** How receiving and delivering fail. */
public enum FlowError implements ErrorCode {
    UNKNOWN_CHANNEL(ErrorKind.CALLER),
    NOT_JSON(ErrorKind.CALLER),
    BODY_TOO_LARGE(ErrorKind.CALLER),
    BAD_SIGNATURE(ErrorKind.CALLER),
    STALE_TIMESTAMP(ErrorKind.CALLER),
    OVERLOADED(ErrorKind.PARTNER),
    STOPPING(ErrorKind.PARTNER),
    NOTHING_TO_PUSH(ErrorKind.CALLER),
    NOTHING_TO_CANCEL(ErrorKind.CALLER),
    UNKNOWN_ORDER(ErrorKind.CALLER),
    /** The channel has no operation for it. */
    CANNOT_CREATE_PRODUCT(ErrorKind.CALLER),
    UNKNOWN_DELIVERY(ErrorKind.CALLER),
    /** Of what may run only once at a time. */
    ALREADY_RUNNING(ErrorKind.CALLER),
    /** What is to be applied is not what was counted. */
    COUNT_CONFLICT(ErrorKind.CALLER),
    READ_FAILED(ErrorKind.DATA),
    WAITING_FOR_ORDER(ErrorKind.DATA),
    WAITING_FOR_CREATE(ErrorKind.DATA),
    /** A channel was asked about a message of its own and did not answer. */
    CHANNEL_SILENT(ErrorKind.PARTNER),
    /** A channel's word for a status means nothing to another yet. */
    STATUS_UNMAPPED(ErrorKind.DATA),
    IMPORT_FAILED(ErrorKind.INTERNAL);

    private final ErrorKind kind;

    FlowError(ErrorKind kind) {
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
