package io.waybill.ledger;

import io.waybill.order.ErrorCode;
import io.waybill.order.ErrorKind;
import io.waybill.order.WaybillException;
import java.util.Locale;

/** What a question to the ledger may ask for in vain. */
public enum ViewError implements ErrorCode {
    UNKNOWN_ORDER,
    UNKNOWN_DELIVERY,
    UNKNOWN_RECEIPT,
    UNKNOWN_DOCUMENT,
    UNKNOWN_ENTRY,
    UNKNOWN_ISSUE,
    UNKNOWN_PRODUCT,
    INVALID_CURSOR;

    @Override
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public ErrorKind kind() {
        return ErrorKind.CALLER;
    }

    public WaybillException of(long id) {
        return of(String.valueOf(id));
    }

    WaybillException of(String id) {
        String what = name().substring("UNKNOWN_".length()).toLowerCase(Locale.ROOT);
        return new WaybillException(this, "There is no " + what + " " + id + ".");
    }
}
