package io.waybill.task;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.function.BooleanSupplier;

/** A line to a database that can be cut at a telling moment: when its answer is there and has not been passed on. */
final class CuttingProxy implements AutoCloseable {
    private final ServerSocket entrance;
    private final int port;
    private volatile BooleanSupplier cuts = () -> false;

    CuttingProxy(int port) throws IOException {
        this.port = port;
        this.entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    int port() {
        return entrance.getLocalPort();
    }

    /** From now on no answer passes that comes while this is true; the connection is closed instead. */
    void cutAnswersWhile(BooleanSupplier condition) {
        cuts = condition;
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "cutting-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (!entrance.isClosed()) {
                Socket client = entrance.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), port);
                start(() -> pass(client, server, () -> false));
                start(() -> pass(server, client, () -> cuts.getAsBoolean()));
            }
        } catch (IOException e) {
            close();
        }
    }

    private static void pass(Socket from, Socket to, BooleanSupplier cuts) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] bytes = new byte[65_536];
            for (int n = in.read(bytes); n >= 0 && !cuts.getAsBoolean(); n = in.read(bytes)) {
                out.write(bytes, 0, n);
            }
        } catch (IOException e) {
            // The other end is gone, and with this so is this one.
        }
    }

    @Override
    public void close() {
        try {
            entrance.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
