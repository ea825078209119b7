package io.waybill.label.zpl;

import io.waybill.order.WaybillException;

/** A label that was refused. The message names command and position, never the label's data. */
public final class ZplException extends WaybillException {
    private static final long serialVersionUID = 1L;

    ZplException(ZplError error, String message) {
        super(error, message);
    }

    ZplException(ZplError error, String message, Throwable cause) {
        super(error, message, cause);
    }
}
