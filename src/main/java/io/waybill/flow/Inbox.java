package io.waybill.flow;

import io.waybill.ledger.Receipts;
import io.waybill.order.WaybillException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one door for everything that comes in. Messages that arrive together are stored by one insert and one commit of the
 * receive route; every future completes after that commit. One thread flushes, and a batch is whatever queued up while the
 * last one was written, so a lone message waits for nobody.
 */
public final class Inbox implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Inbox.class);
    /** Among a receipt's kept headers. */
    public static final String TRACEPARENT = "traceparent";

    private static final int BATCH = 256;
    private static final int QUEUE = 10_000;
    /** So many messages in one flush are a burst. */
    private static final int BURST = 8;

    /** What became of a message. */
    public enum Fate {
        STORED,
        DUPLICATE,
        CONFLICT
    }

    public record Stored(Fate fate, long receiptId) {}

    private record Pending(Inbound message, CompletableFuture<Stored> answer) {}

    private final Routes routes;
    private final Receipts receipts;
    private final Wake imports;
    private final FlowListener listener;
    private final Traces traces;
    private final BlockingQueue<Pending> queue = new LinkedBlockingQueue<>(QUEUE);
    private final Thread flusher = new Thread(this::flushUntilClosed, "waybill-inbox");
    private volatile boolean open = true;
    private volatile int crowd;

    public Inbox(Routes routes, Receipts receipts, Wake imports, FlowListener listener, Traces traces) {
        this.traces = traces;
        this.routes = routes;
        this.receipts = receipts;
        this.imports = imports;
        this.listener = listener;
        flusher.setDaemon(true);
        flusher.start();
    }

    /** Completes once the message is durable, or was before; fails when it could not be stored and has to be sent again. */
    public CompletableFuture<Stored> receive(Inbound message) {
        CompletableFuture<Stored> answer = new CompletableFuture<>();
        Traces.Arrival arrival = traces.arrived(message.channel());
        if (arrival == null) {
            take(message, answer);
        } else {
            answer.whenComplete(arrival::ended);
            take(message.with(TRACEPARENT, arrival.traceparent()), answer);
        }
        return answer;
    }

    private void take(Inbound message, CompletableFuture<Stored> answer) {
        if (!open) {
            answer.completeExceptionally(
                    new WaybillException(FlowError.STOPPING, "The server is stopping. Send it again soon."));
        } else if (!queue.offer(new Pending(message, answer))) {
            answer.completeExceptionally(new WaybillException(
                    FlowError.OVERLOADED, "Too many messages wait to be stored. Send it again soon."));
        }
    }

    public int waiting() {
        return queue.size();
    }

    /** True while messages arrive faster than they are stored one by one: who answers late loses its sender's patience. */
    public boolean isBusy() {
        return crowd >= BURST;
    }

    private void flushUntilClosed() {
        List<Pending> batch = new ArrayList<>(BATCH);
        while (open || !queue.isEmpty()) {
            try {
                Pending first = queue.poll(200, TimeUnit.MILLISECONDS);
                if (first != null) {
                    batch.add(first);
                    queue.drainTo(batch, BATCH - 1);
                    flush(batch);
                }
                crowd = batch.size();
            } catch (InterruptedException e) {
                open = false;
            } finally {
                batch.clear();
            }
        }
    }

    private void flush(List<Pending> batch) {
        try {
            answer(batch, store(batch));
            imports.signal();
        } catch (RuntimeException e) {
            if (batch.size() == 1 || Fault.isDatabaseAway(e)) {
                log.atWarn().addKeyValue("messages", batch.size()).setCause(e).log("Messages could not be stored");
                batch.forEach(pending -> pending.answer().completeExceptionally(e));
            } else {
                batch.forEach(pending -> flush(List.of(pending)));
            }
        }
    }

    /** The new receipts by their place in the batch. */
    private Map<Integer, Long> store(List<Pending> batch) {
        Exchange exchange = routes.request("direct:store-receipts", e -> {
            e.getMessage().setHeader("channels", texts(batch, Inbound::channel));
            e.getMessage().setHeader("topics", texts(batch, Inbound::topic));
            e.getMessage().setHeader("eventIds", texts(batch, Inbound::eventId));
            e.getMessage().setHeader("headerTexts", texts(batch, Inbound::headers));
            e.getMessage().setHeader("hashes", bytes(batch, Inbound::bodyHash));
            e.getMessage().setHeader("bodies", bytes(batch, Inbound::body));
        });
        Fault.rethrow(exchange);
        Map<Integer, Long> stored = new HashMap<>();
        List<?> rows = exchange.getMessage().getBody(List.class);
        for (Object row : rows) {
            Map<?, ?> columns = (Map<?, ?>) row;
            stored.put(((Number) value(columns, "n")).intValue() - 1, ((Number) value(columns, "id")).longValue());
        }
        return stored;
    }

    private static Object value(Map<?, ?> columns, String name) {
        Object value = columns.get(name);
        if (value == null) {
            throw new IllegalStateException("direct:store-receipts must answer the column " + name);
        }
        return value;
    }

    private void answer(List<Pending> batch, Map<Integer, Long> stored) {
        for (int i = 0; i < batch.size(); i++) {
            @Nullable Long id = stored.get(i);
            Pending pending = batch.get(i);
            if (id == null) {
                tellApart(pending);
            } else {
                complete(pending, new Stored(Fate.STORED, id));
            }
        }
    }

    private void tellApart(Pending pending) {
        Inbound m = pending.message();
        try {
            Receipts.Repeated repeated =
                    receipts.repeated(m.channel(), m.topic(), m.eventId(), m.bodyHash(), m.headers(), m.body());
            Fate fate = repeated.kind() == Receipts.Repeat.DUPLICATE ? Fate.DUPLICATE : Fate.CONFLICT;
            complete(pending, new Stored(fate, repeated.receiptId()));
        } catch (RuntimeException e) {
            pending.answer().completeExceptionally(e);
        }
    }

    private void complete(Pending pending, Stored stored) {
        listener.received(pending.message().channel(), stored.fate());
        pending.answer().complete(stored);
    }

    private interface Part<T> {
        T of(Inbound message);
    }

    private static String[] texts(List<Pending> batch, Part<String> part) {
        return batch.stream().map(p -> part.of(p.message())).toArray(String[]::new);
    }

    private static byte[][] bytes(List<Pending> batch, Part<byte[]> part) {
        return batch.stream().map(p -> part.of(p.message())).toArray(byte[][]::new);
    }

    /** Stores what is queued, then takes nothing more. */
    @Override
    public void close() throws InterruptedException {
        open = false;
        flusher.join(5_000);
    }
}
