package io.waybill.camel;

import io.waybill.order.ErrorCode;
import io.waybill.order.ErrorKind;
import java.util.Locale;

/** How running the routes can fail; for mistakes in the files see {@link RouteMistake}. */
public enum RoutesError implements ErrorCode {
    /** Nothing serves: the first bundle was refused, or the server is stopping. */
    NOTHING_SERVES(ErrorKind.INTERNAL),
    /** Our own code asked for a {@code direct:} that no route of the serving bundle offers. */
    ROUTE_MISSING(ErrorKind.INTERNAL),
    NOTHING_TO_ROLL_BACK(ErrorKind.CALLER),
    UNKNOWN_DEPLOYMENT(ErrorKind.CALLER),
    /** The folder may be read and not written. */
    ROUTES_READ_ONLY(ErrorKind.CALLER),
    /** The folder holds something else than what serves, so that an edit would bring that along. */
    ROUTES_CONFLICT(ErrorKind.CALLER),
    /** The disk said no. */
    ROUTES_NOT_WRITTEN(ErrorKind.PARTNER),
    /** Neither the accepted version nor the folder can serve at a start. */
    DEPLOYMENT_REFUSED(ErrorKind.CALLER);

    private final ErrorKind kind;

    RoutesError(ErrorKind kind) {
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
