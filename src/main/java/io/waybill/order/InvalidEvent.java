package io.waybill.order;

/** An event that does not fit the canonical shape. Names the path of the offending member; the receipt parks with it. */
public final class InvalidEvent extends WaybillException {
    private static final long serialVersionUID = 1L;

    /** What {@link InvalidEvent} carries. */
    public enum Code implements ErrorCode {
        INVALID_EVENT;

        @Override
        public String code() {
            return "invalid-event";
        }

        @Override
        public ErrorKind kind() {
            return ErrorKind.DATA;
        }
    }

    private final String path;

    public InvalidEvent(String path, String problem) {
        super(Code.INVALID_EVENT, path + ": " + problem);
        this.path = path;
    }

    public String path() {
        return path;
    }
}
