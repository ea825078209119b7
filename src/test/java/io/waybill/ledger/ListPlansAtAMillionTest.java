package io.waybill.ledger;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/**
 * The same on 1,000,000 orders; prints what each page costs there beside what it costs on 10,000. Takes minutes and 3 GB. The
 * times depend on the machine, the pages that are looked at do not.
 */
@Tag("full")
class ListPlansAtAMillionTest extends ListPlans {
    private static final int WARM = 2;
    private static final int TIMES = 9;

    private final Few few = new Few();

    private static final class Few extends ListPlans {
        private final Map<String, Double> millis = new HashMap<>();

        @Override
        int count() {
            return 10_000;
        }

        @Override
        void measure(Listed list, WatchedPlans watched) {
            millis.put(list.name(), time(list, watched));
        }
    }

    @Override
    int count() {
        return 1_000_000;
    }

    @BeforeAll
    void fewOrders() {
        few.manyOrders();
        few.measureAll();
        tell(String.format("%-45s %12s %12s %12s", "one page of 50", "ms at 10 k", "ms at 1 M", "8 KB at 1 M"));
    }

    @Override
    void measure(Listed list, WatchedPlans watched) {
        tell(String.format(
                "%-45s %12.1f %12.1f %12d",
                list.name(), few.millis.get(list.name()), time(list, watched), watched.pages(list.run())));
    }

    /** The median, in milliseconds. */
    private static double time(Listed list, WatchedPlans watched) {
        for (int i = 0; i < WARM; i++) {
            watched.unwatched(list.run());
        }
        long[] nanos = new long[TIMES];
        for (int i = 0; i < TIMES; i++) {
            long start = System.nanoTime();
            watched.unwatched(list.run());
            nanos[i] = System.nanoTime() - start;
        }
        Arrays.sort(nanos);
        return nanos[TIMES / 2] / 1e6;
    }
}
