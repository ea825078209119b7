package io.waybill.task;

import io.waybill.order.WaybillException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;

/** Why a run failed, as it is shown. The messages of exceptions that are not ours may hold what was sent: they are not. */
record Failure(String code, String message) {
    static Failure of(RuntimeException e) {
        WaybillException known = find(e, WaybillException.class);
        if (known != null) {
            return new Failure(known.code().code(), String.valueOf(known.getMessage()));
        }
        String name = root(e).getClass().getSimpleName();
        return isUnreachable(e)
                ? new Failure(
                        TaskError.CHANNEL_UNREACHABLE.code(),
                        "The channel cannot be reached: " + name + ". The next run tries again.")
                : new Failure(
                        TaskError.TASK_FAILED.code(),
                        "The task failed: " + name + ". See the log; the next run tries again.");
    }

    private static boolean isUnreachable(Throwable e) {
        return Stream.of(
                        ConnectException.class,
                        UnknownHostException.class,
                        NoRouteToHostException.class,
                        SocketTimeoutException.class,
                        SSLHandshakeException.class)
                .anyMatch(type -> find(e, type) != null);
    }

    private static <T extends Throwable> @org.jspecify.annotations.Nullable T find(Throwable e, Class<T> type) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }

    private static Throwable root(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
