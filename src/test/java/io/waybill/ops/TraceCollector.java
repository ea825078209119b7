package io.waybill.ops;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;

/** Takes spans by OTLP over HTTP, as a collector does, and reads of the protocol what tests ask for. */
final class TraceCollector implements AutoCloseable {
    /** @param parent empty for the first of a trace */
    record Seen(String trace, String id, String parent, String name, Map<String, String> attributes) {}

    private final HttpServer server;
    private final List<Seen> spans = new CopyOnWriteArrayList<>();
    private final List<String> raw = new CopyOnWriteArrayList<>();

    TraceCollector() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/traces", this::take);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    List<Seen> spans() {
        return List.copyOf(spans);
    }

    /** All that ever came, as text. */
    String raw() {
        return String.join("\n", raw);
    }

    private void take(HttpExchange exchange) throws IOException {
        byte[] body = new GZIPInputStream(exchange.getRequestBody()).readAllBytes();
        raw.add(new String(body, UTF_8));
        each(body, 1, resource -> each(resource, 2, scope -> each(scope, 2, this::span)));
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    private void span(byte[] span) {
        Map<Integer, byte[]> fields = new TreeMap<>();
        Map<String, String> attributes = new TreeMap<>();
        fields(span, (number, value) -> {
            if (number == 9) {
                attribute(value, attributes);
            } else {
                fields.put(number, value);
            }
        });
        spans.add(
                new Seen(hex(fields.get(1)), hex(fields.get(2)), hex(fields.get(4)), text(fields.get(5)), attributes));
    }

    private static void attribute(byte[] pair, Map<String, String> attributes) {
        Map<Integer, byte[]> fields = new TreeMap<>();
        fields(pair, fields::put);
        Map<Integer, byte[]> value = new TreeMap<>();
        fields(fields.getOrDefault(2, new byte[0]), value::put);
        attributes.put(
                text(fields.get(1)),
                value.containsKey(3)
                        ? Long.toString(ByteBuffer.wrap(value.get(3)).getLong())
                        : text(value.get(1)));
    }

    private static String hex(byte[] bytes) {
        return bytes == null ? "" : HexFormat.of().formatHex(bytes);
    }

    private static String text(byte[] bytes) {
        return bytes == null ? "" : new String(bytes, UTF_8);
    }

    private interface Part {
        void of(byte[] message);
    }

    private interface Field {
        void of(int number, byte[] value);
    }

    private static void each(byte[] message, int wanted, Part part) {
        fields(message, (number, value) -> {
            if (number == wanted) {
                part.of(value);
            }
        });
    }

    /** Protobuf's wire format: a varint of number and type, then a varint, eight bytes, a length with bytes, or four bytes. */
    private static void fields(byte[] message, Field field) {
        ByteBuffer in = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
        while (in.hasRemaining()) {
            long key = varint(in);
            byte[] value =
                    switch ((int) (key & 7)) {
                        case 0 -> ByteBuffer.allocate(8).putLong(varint(in)).array();
                        case 1 -> bytes(in, 8);
                        case 2 -> bytes(in, (int) varint(in));
                        case 5 -> bytes(in, 4);
                        default -> throw new IllegalArgumentException("no protobuf");
                    };
            field.of((int) (key >>> 3), value);
        }
    }

    private static byte[] bytes(ByteBuffer in, int length) {
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = in.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
