package io.waybill.label.zpl;

import io.waybill.order.ErrorCode;
import io.waybill.order.ErrorKind;

/** Why a ZPL label cannot become a PDF. All are permanent: the same bytes fail again. */
public enum ZplError implements ErrorCode {
    /** No {@code ^XA} at all, or a format that prints nothing. */
    NOTHING_TO_PRINT("zpl-nothing-to-print"),
    /** A format or a graphic ends before it says it does. */
    TRUNCATED("zpl-truncated"),
    /** A parameter or graphic that cannot be understood. */
    MALFORMED("zpl-malformed"),
    /** A command that puts content on the label and that is not supported. */
    UNSUPPORTED_CONTENT("zpl-unsupported-content"),
    /** A graphic or format that lives in some printer's memory and did not come with the message. */
    NOT_IN_MESSAGE("zpl-not-in-message"),
    /** Data that the barcode type cannot hold. */
    BARCODE_REFUSED("zpl-barcode-refused"),
    /** A character that none of the embedded fonts has. */
    MISSING_GLYPH("zpl-missing-glyph"),
    /** Over one of the budgets for input, labels, fields, barcodes or graphic dots. */
    TOO_LARGE("zpl-too-large");

    private final String code;

    ZplError(String code) {
        this.code = code;
    }

    @Override
    public String code() {
        return code;
    }

    @Override
    public ErrorKind kind() {
        return ErrorKind.DATA;
    }
}
