package io.waybill.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.channel.Channel;
import io.waybill.channel.Operation;
import io.waybill.channel.SkuAliases;
import io.waybill.channel.TaskKind;
import io.waybill.flow.Routes;
import io.waybill.ledger.RunSummary;
import io.waybill.ledger.Stocks;
import io.waybill.ledger.Stocks.Quantity;
import io.waybill.order.EventJson;
import io.waybill.order.WaybillException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.camel.Exchange;

/**
 * Writes the stock of one channel (option {@code from}) to another: asks for all of it, and writes what differs from what was
 * written last, in batches. What a batch wrote is remembered at once, so that a run that breaks off goes on where it was. An
 * article that the channel does not know is named in the run and tried again by the next one.
 */
final class WritingInventory implements Work {
    private final Routes routes;
    private final Stocks stocks;

    WritingInventory(Routes routes, Stocks stocks) {
        this.routes = routes;
        this.stocks = stocks;
    }

    @Override
    public Set<TaskKind> kinds() {
        return Set.of(TaskKind.WRITE_INVENTORY);
    }

    @Override
    public RunSummary run(TaskRun run) {
        Channel to = run.channel();
        Map<String, Long> wanted = wanted(run, source(run));
        Map<String, Long> changed = new LinkedHashMap<>(wanted);
        changed.entrySet().removeAll(stocks.written(to.name()).entrySet());
        Set<String> unknown = new TreeSet<>();
        RunSummary summary = new RunSummary(wanted.size(), 0, wanted.size() - changed.size(), 0, 0);
        List<String> skus = new ArrayList<>(changed.keySet());
        int size = to.connector().calls().inventoryBatch();
        for (int from = 0; from < skus.size(); from += size) {
            Map<String, Long> batch = new LinkedHashMap<>(changed);
            batch.keySet().retainAll(skus.subList(from, Math.min(skus.size(), from + size)));
            Set<String> refused = write(run, batch);
            batch.keySet().removeAll(refused);
            stocks.wrote(to.name(), batch);
            unknown.addAll(refused);
            summary = summary.plus(new RunSummary(0, batch.size(), 0, 0, refused.size()));
            run.progress().accept(summary);
        }
        if (!unknown.isEmpty()) {
            ObjectNode detail = EventJson.MAPPER.createObjectNode();
            detail.set("unknown", EventJson.MAPPER.valueToTree(unknown));
            run.detail().accept(detail.toString());
        }
        return summary;
    }

    private Channel source(TaskRun run) {
        String name = run.options().getOrDefault("from", List.of("")).get(0);
        return routes.bundle()
                .channel(name)
                .filter(channel -> channel.can(Operation.POLL_INVENTORY))
                .orElseThrow(() -> new WaybillException(
                        TaskError.TASK_NOT_POSSIBLE,
                        "Say in the channel's file whose stock is written: write-inventory: { every: 1h, from: <channel> },"
                                + " a channel that has poll-inventory."));
    }

    /** By SKU as the channel calls it that it is written to. */
    private Map<String, Long> wanted(TaskRun run, Channel source) {
        Set<String> locations = new HashSet<>(run.options().getOrDefault("locations", List.of()));
        SkuAliases skus = routes.bundle().skus();
        Map<String, String> ours = new TreeMap<>();
        skus.of(source.name()).forEach((our, theirs) -> ours.put(theirs, our));
        Map<String, Long> wanted = new TreeMap<>();
        Told.pages(routes, source, Operation.POLL_INVENTORY.word(), run.kind().word(), told -> {
            List<Quantity> quantities = Told.quantities(told);
            stocks.store(source.name(), quantities);
            quantities.stream()
                    .filter(one -> locations.isEmpty() || locations.contains(one.location()))
                    .forEach(one -> wanted.merge(
                            skus.at(run.channel().name(), ours.getOrDefault(one.sku(), one.sku())),
                            one.quantity(),
                            Long::sum));
            run.progress().accept(new RunSummary(wanted.size(), 0, 0, 0, 0));
        });
        return wanted;
    }

    /** Answers what the channel does not know. */
    private Set<String> write(TaskRun run, Map<String, Long> batch) {
        ArrayNode stock = EventJson.MAPPER.createArrayNode();
        // Below nothing there is nothing to sell.
        batch.forEach((sku, quantity) -> stock.addObject().put("sku", sku).put("quantity", Math.max(0, quantity)));
        String channel = run.channel().name();
        String operation = run.kind().operation().word();
        Exchange exchange = routes.request("direct:" + channel + "-" + operation, e -> {
            e.setVariable("channel", channel);
            e.setVariable("operation", operation);
            e.setVariable("task", run.kind().word());
            e.setVariable("idempotencyKey", UUID.randomUUID().toString());
            e.setVariable("stock", stock);
        });
        Operating.rethrow(exchange);
        Set<String> unknown = new HashSet<>();
        JsonNode told = exchange.getVariable("unknown", JsonNode.class);
        if (told != null) {
            told.forEach(sku -> unknown.add(sku.asText()));
        }
        return unknown;
    }
}
