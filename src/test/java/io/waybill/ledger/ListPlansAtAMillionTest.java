package io.waybill.ledger;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;

/** The same on 1,000,000 orders; prints what each page costs. Takes minutes and 3 GB. */
@Tag("full")
class ListPlansAtAMillionTest extends ListPlans {
    @Override
    int count() {
        return 1_000_000;
    }

    @Override
    void measure(Listed list, WatchedPlans watched) throws Exception {
        long pages = watched.pages(list.run());
        long start = System.nanoTime();
        list.run().call();
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        tell(String.format("%-50s %8d pages %8d ms", list.name(), pages, millis));
    }
}
