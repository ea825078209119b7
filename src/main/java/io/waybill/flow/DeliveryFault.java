package io.waybill.flow;

import io.waybill.order.ErrorCode;
import io.waybill.order.ErrorKind;
import io.waybill.order.WaybillException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a destination answered instead of "done". Thrown by operation routes; the kind decides what happens next. */
public final class DeliveryFault extends WaybillException {
    private static final long serialVersionUID = 1L;

    public enum Kind implements ErrorCode {
        /** The channel as a whole: refused connection, bad credentials. Nothing counts against the order. */
        CHANNEL_DOWN(ErrorKind.PARTNER),
        /** Not now, and surely nothing happened: too many requests, too early. */
        BUSY(ErrorKind.PARTNER),
        /** No usable answer: it may have happened or not. */
        NO_ANSWER(ErrorKind.PARTNER),
        /** A definite no about this order. */
        REFUSED(ErrorKind.DATA),
        /** The order names an article that the destination does not know. */
        UNKNOWN_SKU(ErrorKind.DATA);

        private final ErrorKind kind;

        Kind(ErrorKind kind) {
            this.kind = kind;
        }

        @Override
        public String code() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }

        @Override
        public ErrorKind kind() {
            return kind;
        }
    }

    private final Kind kind;
    private final transient @Nullable Duration retryAfter;

    public DeliveryFault(Kind kind, String message, @Nullable Duration retryAfter) {
        super(kind, message);
        this.kind = kind;
        this.retryAfter = retryAfter;
    }

    public Kind faultKind() {
        return kind;
    }

    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
