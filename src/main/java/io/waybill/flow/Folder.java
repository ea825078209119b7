package io.waybill.flow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.channel.Channel;
import io.waybill.channel.Settings;
import io.waybill.flow.DeliveryFault.Kind;
import io.waybill.order.EventJson;
import io.waybill.order.WaybillException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * The bean {@code folder}: a channel that is a folder. What lies in {@code in} becomes receipts, then moves to done/ or
 * failed/; each delivery becomes one file in {@code out}, there whole or not at all. Names come from idempotency keys, and
 * never lead out of the folder.
 */
public final class Folder {
    private static final int MAX_ERROR = 500;

    private final Settings settings;
    private final Inbox inbox;
    private final FolderFiles files = new FolderFiles(Duration.ofSeconds(5));

    public Folder(Settings settings, Inbox inbox) {
        this.settings = settings;
        this.inbox = inbox;
    }

    /** The body becomes the files that are whole; the variable {@code summary} counts what {@link #receive} does. */
    public void list(Exchange exchange) {
        try {
            exchange.getMessage().setBody(files.ready(path(exchange, "in")));
        } catch (IOException e) {
            throw unusable(e);
        }
        exchange.setVariable("summary", new ConcurrentHashMap<String, Long>());
    }

    /** Stores one file, waits for it to be durable, then moves it. One that is no JSON goes to failed/, alone. */
    public void receive(Exchange exchange) throws Exception {
        FolderFiles.Ready file = exchange.getMessage().getBody(FolderFiles.Ready.class);
        count(exchange, "looked");
        try {
            if (!EventJson.tree(file.bytes()).isContainerNode()) {
                throw new WaybillException(FlowError.NOT_JSON, "The file must hold one event or an array of events.");
            }
        } catch (WaybillException e) {
            count(exchange, "failed");
            files.failed(file, shortened(String.valueOf(e.getMessage())));
            return;
        }
        String channel = exchange.getVariable("channel", String.class);
        Inbox.Stored stored = inbox.receive(Inbound.of(channel, Inbound.ORDERS, null, "{}", file.bytes()))
                .get(1, TimeUnit.MINUTES);
        count(exchange, counter(stored.fate()));
        files.done(file);
    }

    private static String counter(Inbox.Fate fate) {
        return switch (fate) {
            case STORED -> "stored";
            case DUPLICATE -> "duplicates";
            case CONFLICT -> "conflicts";
        };
    }

    @SuppressWarnings("unchecked")
    private static void count(Exchange exchange, String counter) {
        Map<String, Long> summary = exchange.getVariable("summary", Map.class);
        summary.merge(counter, 1L, Long::sum);
    }

    private static String shortened(String text) {
        return text.length() <= MAX_ERROR ? text : text.substring(0, MAX_ERROR);
    }

    /** Writes the request; a PDF of its label first and beside it, so that whoever sees the one finds the other. */
    public void write(Exchange exchange) {
        String name = name(exchange);
        ObjectNode request = exchange.getMessage().getBody(ObjectNode.class);
        Path out = path(exchange, "out");
        byte @Nullable [] pdf = pdf(exchange, request);
        boolean shadow = exchange.getVariable(ShadowRecorder.VARIABLE, false, Boolean.class);
        try {
            if (pdf != null) {
                ((ObjectNode) request.path("label")).put("file", name + ".pdf");
            }
            note(exchange, name, request);
            if (shadow) {
                return;
            }
            if (pdf != null) {
                FolderFiles.write(out, name + ".pdf", pdf);
            }
            FolderFiles.write(out, name + ".json", EventJson.bytes(request));
        } catch (IOException e) {
            throw unusable(e);
        }
        if (exchange.getVariable("externalId", String.class) == null) {
            exchange.setVariable("externalId", name);
        }
        exchange.setVariable(Wire.RESPONSE, "written");
    }

    private static byte @Nullable [] pdf(Exchange exchange, ObjectNode request) {
        byte[] file = exchange.getVariable("labelFile", byte[].class);
        JsonNode label = request.path("label");
        boolean inside = file == null && label.path("format").asText().equals("pdf") && label.has("data");
        return inside ? Base64.getMimeDecoder().decode(label.path("data").asText()) : file;
    }

    /** For the sync log; a label's content is in its file. */
    private static void note(Exchange exchange, String name, ObjectNode request) {
        ObjectNode shown = request.deepCopy();
        if (shown.path("label") instanceof ObjectNode label) {
            label.remove("data");
            label.remove("resources");
        }
        exchange.setVariable(Wire.REQUEST, name + ".json\n\n" + shown);
    }

    /** Found is what was written under the key. */
    public void find(Exchange exchange) {
        String name = name(exchange);
        if (Files.isRegularFile(path(exchange, "out").resolve(name + ".json"))) {
            exchange.setVariable("externalId", name);
        }
    }

    /** A key of ours is such a name already; any other becomes its hash. */
    private static String name(Exchange exchange) {
        String key = exchange.getVariable("idempotencyKey", "", String.class);
        return key.matches("[A-Za-z0-9_-]{1,100}")
                ? key
                : HexFormat.of().formatHex(Inbound.sha256(key.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }

    /** Writes a file into each of its folders and takes it away again; the body becomes what was found. */
    public void check(Exchange exchange) {
        ArrayNode findings = EventJson.MAPPER.createArrayNode();
        Stream.of("in", "out").filter(channel(exchange).settings()::containsKey).forEach(setting -> {
            Path folder = path(exchange, setting);
            try {
                Files.delete(Files.createTempFile(folder, ".check-", null));
            } catch (IOException e) {
                throw unusable(e);
            }
            findings.addObject()
                    .put("what", "folder " + setting)
                    .put("state", "ok")
                    .put("detail", "It can be read and written.");
        });
        exchange.getMessage().setBody(findings);
    }

    private static Channel channel(Exchange exchange) {
        return Routes.bundleOf(exchange)
                .channel(exchange.getVariable("channel", "", String.class))
                .orElseThrow(() -> new IllegalStateException("the exchange variable 'channel' names no channel"));
    }

    private Path path(Exchange exchange, String setting) {
        try {
            return Files.createDirectories(Path.of(settings.resolve(channel(exchange), setting)));
        } catch (IOException | InvalidPathException e) {
            throw unusable(e);
        }
    }

    private static DeliveryFault unusable(Exception e) {
        return new DeliveryFault(
                Kind.CHANNEL_DOWN,
                "The folder cannot be used (" + e.getClass().getSimpleName()
                        + "). See that it exists, that the server's user may read and write it, and that the disk is not full.",
                null);
    }
}
