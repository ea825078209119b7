package io.waybill.flow;

import io.waybill.TestDatabase;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random sequences of events, pushes, edits, failures and restarts, and what must hold when all has come to rest. A world is
 * 50 orders whose messages, batches and faults mix; its seed stands in the test's name, and starts
 * the same one again. The build runs the same ten worlds each time; the long run takes new ones.
 */
class ModelTest {
    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final String SEED = "waybill.model.seed";
    private static final int ORDERS = 50;

    static Stream<Arguments> worlds() {
        return seeds(Long.getLong(SEED, 1), 10);
    }

    static Stream<Arguments> manyWorlds() {
        return seeds(Long.getLong(SEED, System.nanoTime()), 400);
    }

    private static Stream<Arguments> seeds(long first, int count) {
        return LongStream.range(first, first + count).mapToObj(Arguments::of);
    }

    @ParameterizedTest(name = "-Dwaybill.model.seed={0}")
    @MethodSource("worlds")
    void keepsItsPromises(long seed) {
        new ModelWorld(DATABASE, seed, ORDERS).run();
    }

    @Tag("full")
    @ParameterizedTest(name = "-Dwaybill.model.seed={0}")
    @MethodSource("manyWorlds")
    void keepsItsPromisesForLong(long seed) {
        new ModelWorld(DATABASE, seed, ORDERS).run();
    }
}
