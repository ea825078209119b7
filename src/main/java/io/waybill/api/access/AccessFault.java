package io.waybill.api.access;

import io.waybill.order.ErrorCode;
import io.waybill.order.ErrorKind;
import io.waybill.order.WaybillException;
import java.util.Locale;

/** A request or a setting that access control refuses. */
public final class AccessFault extends WaybillException {
    private static final long serialVersionUID = 1L;

    /** Why access was refused. */
    public enum Code implements ErrorCode {
        UNAUTHENTICATED,
        FORBIDDEN,
        CROSS_SITE_REQUEST,
        INVALID_TOKEN_SETTING;

        @Override
        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        @Override
        public ErrorKind kind() {
            return ErrorKind.CALLER;
        }
    }

    AccessFault(Code code, String message) {
        super(code, message);
    }
}
