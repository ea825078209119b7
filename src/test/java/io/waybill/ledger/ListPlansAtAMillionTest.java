package io.waybill.ledger;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/**
 * The same on 1,000,000 orders; prints what each page costs there beside what it costs on 10,000. Takes minutes and 3 GB. The
 * times depend on the machine, the pages that are looked at do not.
 */
@Tag("full")
class ListPlansAtAMillionTest extends ListPlans {
    private static final int WARM = 2;

    private final Few few = new Few();

    private static final class Few extends ListPlans {
        private final Map<String, Long> millis = new HashMap<>();

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
                "%-45s %12d %12d %12d",
                list.name(), few.millis.get(list.name()), time(list, watched), watched.pages(list.run())));
    }

    private static long time(Listed list, WatchedPlans watched) {
        for (int i = 0; i < WARM; i++) {
            watched.unwatched(list.run());
        }
        long start = System.nanoTime();
        watched.unwatched(list.run());
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }
}
