package io.waybill.label;

import io.waybill.order.WaybillException;

/** A label that did not become a PDF. The message names the reason and the limit, never what stands on the label. */
public class LabelException extends WaybillException {
    private static final long serialVersionUID = 1L;

    private final LabelError error;

    public LabelException(LabelError error, String message) {
        super(error, message);
        this.error = error;
    }

    public LabelException(LabelError error, String message, Throwable cause) {
        super(error, message, cause);
        this.error = error;
    }

    public LabelError error() {
        return error;
    }
}
