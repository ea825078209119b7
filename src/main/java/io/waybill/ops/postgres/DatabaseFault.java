package io.waybill.ops.postgres;

import io.waybill.order.ErrorCode;
import io.waybill.order.ErrorKind;
import io.waybill.order.WaybillException;
import java.util.Locale;

/** Why there is no usable database. The message names the way out; the server does not start without one. */
public final class DatabaseFault extends WaybillException {
    private static final long serialVersionUID = 1L;

    /** What can be wrong with the database or the folder it lives in. */
    public enum Code implements ErrorCode {
        DATABASE_UNREACHABLE,
        DATABASE_TOO_OLD,
        DATABASE_NOT_DURABLE,
        DATABASE_IN_USE,
        DATABASE_OF_ANOTHER_MAJOR,
        DATABASE_OF_NEWER_WAYBILL,
        DATABASE_NOT_OURS,
        DATABASE_START_FAILED;

        @Override
        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        @Override
        public ErrorKind kind() {
            return ErrorKind.PARTNER;
        }
    }

    DatabaseFault(Code code, String message) {
        super(code, message);
    }

    DatabaseFault(Code code, String message, Throwable cause) {
        super(code, message, cause);
    }
}
