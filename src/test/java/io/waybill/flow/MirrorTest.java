package io.waybill.flow;

import io.waybill.TestDatabase;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * P7 where it is hardest: between two channels that are both source and destination of each other nothing loops, whatever they
 * echo. Random worlds as in {@link ModelTest}; the seed in the test's name starts the same one again.
 */
class MirrorTest {
    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final String SEED = "waybill.mirror.seed";
    private static final int ORDERS = 30;

    static Stream<Arguments> worlds() {
        return seeds(Long.getLong(SEED, 1), 6);
    }

    static Stream<Arguments> manyWorlds() {
        return seeds(Long.getLong(SEED, System.nanoTime()), 200);
    }

    private static Stream<Arguments> seeds(long first, int count) {
        return LongStream.range(first, first + count).mapToObj(Arguments::of);
    }

    @ParameterizedTest(name = "-Dwaybill.mirror.seed={0}")
    @MethodSource("worlds")
    void nothingLoops(long seed) {
        new MirrorWorld(DATABASE, seed, ORDERS).run();
    }

    @Tag("full")
    @ParameterizedTest(name = "-Dwaybill.mirror.seed={0}")
    @MethodSource("manyWorlds")
    void nothingLoopsForLong(long seed) {
        new MirrorWorld(DATABASE, seed, ORDERS).run();
    }
}
