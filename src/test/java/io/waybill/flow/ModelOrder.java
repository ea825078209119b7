package io.waybill.flow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/** One order of the model's shop: what the source says of it, and every message about it that is still to arrive. */
final class ModelOrder {
    record Message(String channel, String eventId, String body) {}

    static final class Line {
        final String id;
        final String sku;
        int quantity;
        int cancelledByFact;

        Line(String id, String sku, int quantity) {
            this.id = id;
            this.sku = sku;
            this.quantity = quantity;
        }

        int left() {
            return Math.max(0, quantity - cancelledByFact);
        }
    }

    private final String source;
    private final String id;
    private final Random random;
    private final List<Line> lines = new ArrayList<>();
    private final List<Message> messages = new ArrayList<>();
    private final Map<String, Integer> shipments = new LinkedHashMap<>();
    private int version;
    private int facts;
    private int told;
    private String status = "paid";
    private boolean cancelled;

    ModelOrder(String source, String id, Random random) {
        this.source = source;
        this.id = id;
        this.random = random;
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            addLine();
        }
        tellState();
    }

    String source() {
        return source;
    }

    String id() {
        return id;
    }

    int version() {
        return version;
    }

    boolean isCancelled() {
        return cancelled || lines.stream().allMatch(l -> l.left() == 0);
    }

    List<Line> lines() {
        return lines;
    }

    /** Tracking numbers that suppliers told, each of which shall reach the shop once. */
    Map<String, Integer> shipments() {
        return shipments;
    }

    private void addLine() {
        String prefix = List.of("A-", "B-", "C-").get(random.nextInt(3));
        lines.add(new Line(String.valueOf(lines.size() + 1), prefix + random.nextInt(100), 1 + random.nextInt(3)));
    }

    /** What the rules say of a line. */
    boolean isWanted(String destination, Line line) {
        return switch (destination) {
            case "alpha" -> line.sku.startsWith("A-");
            case "beta" -> line.sku.startsWith("B-");
            default -> true;
        };
    }

    void edit() {
        if (cancelled) {
            return;
        }
        if (random.nextInt(3) == 0) {
            addLine();
        } else {
            Line line = lines.get(random.nextInt(lines.size()));
            line.quantity += 1 + random.nextInt(2);
        }
        tellState();
    }

    private void tellState() {
        version++;
        String body = lines.stream()
                .map(l -> "{\"id\":\"%s\",\"sku\":\"%s\",\"quantity\":%d}".formatted(l.id, l.sku, l.quantity))
                .collect(Collectors.joining(","));
        tell(
                source,
                "state-" + version,
                "{\"type\":\"order\",\"order\":{\"id\":\"%s\",\"number\":\"#%s\",\"status\":\"%s\",\"version\":%d,\"currency\":\"USD\",\"lines\":[%s]}}"
                        .formatted(id, id, cancelled ? "cancelled" : status, version, body));
    }

    void cancelSome() {
        List<Line> open = lines.stream().filter(l -> l.left() > 0).toList();
        if (cancelled || open.isEmpty()) {
            return;
        }
        Line line = open.get(random.nextInt(open.size()));
        int quantity = 1 + random.nextInt(line.left());
        line.cancelledByFact += quantity;
        tellFact(
                source, "cancellation", "\"lines\":[{\"id\":\"%s\",\"quantity\":%d}]".formatted(line.id, quantity), id);
    }

    void cancelAll() {
        if (!cancelled) {
            cancelled = true;
            if (random.nextBoolean()) {
                // A state that is cancelled tells of a cancellation too.
                told++;
                tellState();
            } else {
                tellFact(source, "cancellation", "\"by\":\"customer\"", id);
            }
        }
    }

    /** A supplier ships one of what it has, under a number of its own; all suppliers count their parcels from 1. */
    void ship(String supplier, ModelStore.Placed placed) {
        List<String> there = List.copyOf(placed.lines.keySet());
        if (there.isEmpty()) {
            return;
        }
        String tracking = supplier + "-" + placed.id + "-" + ++placed.shipped;
        shipments.put(tracking, 0);
        tell(
                supplier,
                tracking,
                "{\"type\":\"shipment\",\"orderId\":\"%s\",\"id\":\"s%d\",\"trackingNumber\":\"%s\",\"lines\":[{\"id\":\"%s\",\"quantity\":1}]}"
                        .formatted(placed.id, placed.shipped, tracking, there.get(random.nextInt(there.size()))));
    }

    /** The source sends a parcel itself. */
    void shipItself() {
        String tracking = source + "-" + id + "-" + ++facts;
        shipments.put(tracking, 0);
        tell(
                source,
                tracking,
                "{\"type\":\"shipment\",\"orderId\":\"%s\",\"id\":\"s%d\",\"trackingNumber\":\"%s\",\"lines\":[{\"id\":\"%s\",\"quantity\":1}]}"
                        .formatted(id, facts, tracking, lines.get(random.nextInt(lines.size())).id));
    }

    /** What the source was told shows in its own state, as it does in real shops. */
    void showWhatItWasTold() {
        if (!cancelled) {
            status = "processing";
            tellState();
        }
    }

    /** How many different messages there were about it: none may become more than one delivery. */
    int told() {
        return told;
    }

    private void tellFact(String channel, String type, String members, String orderId) {
        facts++;
        tell(
                channel,
                type + facts,
                "{\"type\":\"%s\",\"orderId\":\"%s\",\"id\":\"%s%d\",%s}"
                        .formatted(type, orderId, type, facts, members));
    }

    private void tell(String channel, String eventId, String body) {
        told++;
        messages.add(new Message(channel, id + "-" + eventId, body));
    }

    /** Some of what is under way, in any order, now and then twice. */
    List<Message> arrive(boolean all) {
        List<Message> arriving = new ArrayList<>();
        for (Message message : List.copyOf(messages)) {
            if (all || random.nextInt(3) > 0) {
                arriving.add(message);
                if (random.nextInt(5) > 0) {
                    messages.remove(message);
                }
            }
        }
        if (all) {
            messages.clear();
        }
        java.util.Collections.shuffle(arriving, random);
        return arriving;
    }

    @Override
    public String toString() {
        return id + " version " + version + (cancelled ? " cancelled" : "") + " "
                + lines.stream()
                        .map(l -> l.id + ":" + l.sku + " " + l.quantity + "-" + l.cancelledByFact)
                        .toList();
    }
}
