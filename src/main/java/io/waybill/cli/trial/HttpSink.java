package io.waybill.cli.trial;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A lean HTTP/1.1 server for trials: keep-alive, one thread a connection, bodies with a length. A handler that answers null
 * hangs up without a word.
 */
final class HttpSink implements AutoCloseable {
    interface Handler {
        @Nullable
        Answer answer(Call call);
    }

    record Call(String method, String target, byte[] body) {}

    record Answer(int status, byte[] json) {}

    private final ServerSocket listener;
    private final Handler handler;

    HttpSink(Handler handler) {
        this.handler = handler;
        try {
            this.listener = new ServerSocket(0, 512, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept, "sink-accept");
    }

    String url(String path) {
        return "http://127.0.0.1:" + listener.getLocalPort() + path;
    }

    private static void daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                daemon(() -> talk(socket), "sink");
            } catch (IOException e) {
                // Closed, or a caller that was gone before it was accepted; the loop's condition tells which.
            }
        }
    }

    private void talk(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 14);
            OutputStream out = new BufferedOutputStream(socket.getOutputStream(), 1 << 12);
            for (Call call = HttpText.call(in); call != null; call = HttpText.call(in)) {
                Answer answer = handler.answer(call);
                if (answer == null) {
                    return;
                }
                out.write(("HTTP/1.1 " + answer.status() + " Said\r\nContent-Type: application/json\r\nContent-Length: "
                                + answer.json().length + "\r\n\r\n")
                        .getBytes(ISO_8859_1));
                out.write(answer.json());
                out.flush();
            }
        } catch (IOException e) {
            // The caller was killed; that is what these trials are about.
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As much of HTTP's text as both ends of a trial need. */
    static final class HttpText {
        private HttpText() {}

        /** Null at the end of the connection. */
        static @Nullable Call call(InputStream in) throws IOException {
            String start = line(in);
            if (start == null || start.isEmpty()) {
                return null;
            }
            String[] words = start.split(" ");
            return new Call(words[0], words[1], in.readNBytes(bodyLength(in)));
        }

        /** Reads one answer to its end and says its status. */
        static int status(InputStream in) throws IOException {
            String start = line(in);
            if (start == null) {
                throw new IOException("closed before it answered");
            }
            in.readNBytes(bodyLength(in));
            return Integer.parseInt(start.substring(9, 12));
        }

        private static int bodyLength(InputStream in) throws IOException {
            int length = 0;
            boolean chunked = false;
            for (String header = line(in); header != null && !header.isEmpty(); header = line(in)) {
                String lower = header.toLowerCase(Locale.ROOT);
                if (lower.startsWith("content-length:")) {
                    length = Integer.parseInt(header.substring(15).strip());
                }
                chunked |= lower.startsWith("transfer-encoding:");
            }
            return chunked ? skipChunks(in) : length;
        }

        /** Only answers come in chunks, and only their status counts. */
        private static int skipChunks(InputStream in) throws IOException {
            for (String size = line(in); size != null && !size.isEmpty(); size = line(in)) {
                int length = Integer.parseInt(size.strip(), 16);
                in.readNBytes(length);
                if (length > 0) {
                    line(in);
                }
            }
            return 0;
        }

        private static @Nullable String line(InputStream in) throws IOException {
            StringBuilder line = new StringBuilder(80);
            for (int c = in.read(); c != '\n'; c = in.read()) {
                if (c < 0) {
                    return null;
                }
                if (c != '\r') {
                    line.append((char) c);
                }
            }
            return line.toString();
        }
    }
}
