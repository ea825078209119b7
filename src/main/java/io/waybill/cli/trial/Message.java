package io.waybill.cli.trial;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** One webhook of a trial: the same id and body however often it is sent. */
record Message(String id, String order, int version) {
    byte[] body() {
        return Specimen.order(order, version);
    }

    /**
     * What a shop sends about so many orders: each once, every tenth updated twice with the newer update first, another
     * tenth updated once; and a fifth as many again are duplicates of something sent before, near to it or far away.
     */
    static List<Message> stream(int orders, Random random) {
        List<Message> stream = new ArrayList<>();
        for (int n = 1; n <= orders; n++) {
            String order = "T-" + n;
            stream.add(of(order, 1));
            if (n % 10 == 3) {
                stream.add(of(order, 3));
                stream.add(of(order, 2));
            } else if (n % 10 == 7) {
                stream.add(of(order, 2));
            }
        }
        jostle(stream, random);
        repeatSome(stream, orders / 5, random);
        return stream;
    }

    private static Message of(String order, int version) {
        return new Message(order + "-v" + version, order, version);
    }

    /** Neighbours change places, so that updates also overtake the order itself. */
    private static void jostle(List<Message> stream, Random random) {
        for (int i = 0; i + 12 < stream.size(); i += 4) {
            Collections.swap(stream, i, i + random.nextInt(12));
        }
    }

    private static void repeatSome(List<Message> stream, int count, Random random) {
        for (int i = 0; i < count; i++) {
            int original = random.nextInt(stream.size());
            int later = original + 1 + random.nextInt(stream.size() - original);
            stream.add(later, stream.get(original));
        }
    }

    /** The newest version of each order in the stream. */
    static Map<String, Integer> newest(List<Message> stream) {
        Map<String, Integer> newest = new HashMap<>();
        stream.forEach(message -> newest.merge(message.order(), message.version(), Math::max));
        return newest;
    }
}
