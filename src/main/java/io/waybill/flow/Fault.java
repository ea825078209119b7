package io.waybill.flow;

import io.waybill.ledger.LedgerError;
import io.waybill.order.ErrorKind;
import io.waybill.order.WaybillException;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** What an exchange failed with. */
final class Fault {
    private Fault() {}

    static void rethrow(Exchange exchange) {
        Exception e = exchange.getException();
        if (e instanceof RuntimeException runtime) {
            throw runtime;
        }
        if (e != null) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    static <T extends Throwable> @Nullable T find(@Nullable Throwable e, Class<T> type) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }

    /** True when a channel that was asked did not answer, or not now. */
    static boolean isPartners(Throwable e) {
        WaybillException known = find(e, WaybillException.class);
        return known == null ? find(e, IOException.class) != null : known.code().kind() == ErrorKind.PARTNER;
    }

    /** True when PostgreSQL cannot be reached: trying one by one would not help. */
    static boolean isDatabaseAway(Throwable e) {
        WaybillException known = find(e, WaybillException.class);
        if (known != null) {
            return known.code() == LedgerError.DATABASE_UNAVAILABLE;
        }
        SQLException sql = find(e, SQLException.class);
        String state = sql == null || sql.getSQLState() == null ? "" : sql.getSQLState();
        return find(e, SQLTransientConnectionException.class) != null
                || state.startsWith("08")
                || state.startsWith("57P")
                || state.startsWith("53");
    }
}
