package io.waybill.label;

import io.waybill.order.ErrorCode;
import io.waybill.order.ErrorKind;
import java.util.Locale;

/**
 * Every way a label can fail. {@link ErrorKind#DATA}: permanent, the same bytes fail again until somebody mends them. {@link
 * ErrorKind#PARTNER}: transient, the converter itself was away (a child JVM did not start or was killed from outside) and a
 * retry can help. The children count as a partner because the kind decides about the retry.
 */
public enum LabelError implements ErrorCode {
    EMPTY_LABEL,
    BAD_ENCODING,
    LABEL_TOO_LARGE,
    INFLATES_TOO_MUCH,
    UNKNOWN_FORMAT,
    UNSUPPORTED_FORMAT,
    UNSUPPORTED_CONTENT,
    TRUNCATED_LABEL,
    CORRUPT_LABEL,
    TOO_MANY_PIXELS,
    TOO_MANY_PAGES,
    NO_PAGES,
    BLANK_LABEL,
    ENCRYPTED_LABEL,
    TOO_COMPLEX,
    TOO_MUCH_TEXT,
    BAD_PAGE_SIZE,
    DOES_NOT_FIT,
    MISSING_IMAGE,
    MISSING_GLYPH,
    BAD_BARCODE,
    TOOK_TOO_LONG,
    TOO_MUCH_MEMORY,
    CONVERTER_UNAVAILABLE(ErrorKind.PARTNER);

    private final ErrorKind kind;

    LabelError() {
        this(ErrorKind.DATA);
    }

    LabelError(ErrorKind kind) {
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

    /** Whether the same bytes will fail again. */
    public boolean permanent() {
        return kind == ErrorKind.DATA;
    }
}
