package io.waybill.order;

/** A failure with a stable code. The message says what happened, to what, and what to do next; it never holds secrets or addresses. */
public class WaybillException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ErrorCode code;

    public WaybillException(ErrorCode code, String message) {
        super(message);
        this.code = code;
    }

    public WaybillException(ErrorCode code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    public ErrorCode code() {
        return code;
    }
}
