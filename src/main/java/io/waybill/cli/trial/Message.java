package io.waybill.cli.trial;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** One webhook of a trial: the same id and body however often it is sent. */
record Message(String id, String order, int version) {
    byte[] body() {
        return Specimen.order(order, version);
    }

    /** A message and its place in the stream. */
    private record Slot(double place, Message message) {}

    /**
     * What a shop sends about so many orders: each once; a while after every tenth two updates, the newer one first; after
     * another tenth one update; another tenth with its update ahead of the order itself; and a fifth as many again are
     * duplicates of something sent before, near to it or far away.
     */
    static List<Message> stream(int orders, Random random) {
        List<Slot> slots = new ArrayList<>();
        for (int n = 1; n <= orders; n++) {
            String order = "T-" + n;
            double later = n + random.nextInt(200);
            slots.add(new Slot(n, of(order, 1)));
            switch (n % 10) {
                case 3 -> {
                    slots.add(new Slot(later, of(order, 3)));
                    slots.add(new Slot(later + 1, of(order, 2)));
                }
                case 5 -> slots.add(new Slot(later, of(order, 2)));
                case 7 -> slots.add(new Slot(n - 1.5, of(order, 2)));
                default -> {}
            }
        }
        repeatSome(slots, orders / 5, random);
        return slots.stream()
                .sorted(Comparator.comparingDouble(Slot::place))
                .map(Slot::message)
                .toList();
    }

    private static Message of(String order, int version) {
        return new Message(order + "-v" + version, order, version);
    }

    private static void repeatSome(List<Slot> slots, int count, Random random) {
        for (int i = 0; i < count; i++) {
            Slot original = slots.get(random.nextInt(slots.size()));
            slots.add(new Slot(original.place() + random.nextInt(300), original.message()));
        }
    }

    /** The newest version of each order in the stream. */
    static Map<String, Integer> newest(List<Message> stream) {
        Map<String, Integer> newest = new HashMap<>();
        stream.forEach(message -> newest.merge(message.order(), message.version(), Math::max));
        return newest;
    }
}
