package io.waybill.ops.backup;

import io.waybill.order.ErrorCode;
import io.waybill.order.ErrorKind;
import io.waybill.order.WaybillException;
import java.util.Locale;

/** Why nothing was exported or imported. The message names the way out. */
public final class BackupFault extends WaybillException {
    private static final long serialVersionUID = 1L;

    /** What can stand in the way of a backup. */
    public enum Code implements ErrorCode {
        NOTHING_TO_EXPORT,
        EXPORT_EXISTS,
        EXPORT_DAMAGED,
        EXPORT_FROM_NEWER_VERSION,
        DATABASE_NOT_EMPTY,
        DATABASE_SERVES,
        BACKUP_FAILED;

        @Override
        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        @Override
        public ErrorKind kind() {
            return ErrorKind.CALLER;
        }
    }

    BackupFault(Code code, String message) {
        super(code, message);
    }

    BackupFault(Code code, String message, Throwable cause) {
        super(code, message, cause);
    }
}
