package io.waybill.api;

import io.waybill.order.ErrorCode;
import io.waybill.order.ErrorKind;
import java.util.Locale;

/** What is wrong with a call, beyond what the features say themselves. */
enum ApiError implements ErrorCode {
    INVALID_PARAMETER(ErrorKind.CALLER),
    INVALID_BODY(ErrorKind.CALLER),
    UNKNOWN_CHANNEL(ErrorKind.CALLER),
    UNKNOWN_STATUS_MAPPING(ErrorKind.CALLER),
    ALREADY_THERE(ErrorKind.CALLER),
    /** Nothing serves yet: the first bundle is still being read, or was refused. */
    ROUTES_NOT_SERVING(ErrorKind.PARTNER);

    private final ErrorKind kind;

    ApiError(ErrorKind kind) {
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
