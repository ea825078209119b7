package io.waybill.ledger;

import io.waybill.order.ErrorCode;
import io.waybill.order.ErrorKind;
import java.util.Locale;

/** How the ledger fails. */
public enum LedgerError implements ErrorCode {
    DATABASE_UNAVAILABLE(ErrorKind.PARTNER),
    DATABASE_REFUSED(ErrorKind.INTERNAL),
    NOT_FOUND(ErrorKind.CALLER),
    WRONG_STATE(ErrorKind.CALLER),
    /** An order without its personal data is not sent anywhere again. */
    WRONG_STATE_REDACTED(ErrorKind.CALLER),
    /** Nor is one that is cancelled as a whole; only its source reopens it. */
    WRONG_STATE_CANCELLED(ErrorKind.CALLER);

    private final ErrorKind kind;

    LedgerError(ErrorKind kind) {
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
