package io.waybill.camel;

import io.waybill.flow.Reach;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** Opens a connection, under the same policy as every call, and closes it again. */
final class Connecting implements Reach {
    private static final int PATIENCE_MILLIS = 5_000;

    private final TargetPolicy policy;

    Connecting(TargetPolicy policy) {
        this.policy = policy;
    }

    @Override
    public @Nullable String obstacle(URI address) {
        try {
            InetAddress[] found = policy.resolve(address.getHost());
            return connect(found, port(address));
        } catch (TargetRefused e) {
            return e.getMessage();
        } catch (UnknownHostException e) {
            return "its name is not known to DNS.";
        }
    }

    private static @Nullable String connect(InetAddress[] addresses, int port) {
        String obstacle = "its name has no address.";
        for (InetAddress address : addresses) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(address, port), PATIENCE_MILLIS);
                return null;
            } catch (IOException e) {
                obstacle = e.getClass().getSimpleName() + ".";
            }
        }
        return obstacle;
    }

    private static int port(URI address) {
        if (address.getPort() > 0) {
            return address.getPort();
        }
        return "http".equals(address.getScheme()) ? 80 : 443;
    }
}
