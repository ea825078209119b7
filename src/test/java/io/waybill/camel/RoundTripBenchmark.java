package io.waybill.camel;

import static io.waybill.camel.RoutesFixture.answering;
import static io.waybill.camel.RoutesFixture.files;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;

/** Prints what a request into the routes and a switch cost. Run by hand, on an idle machine, {@code main}. */
final class RoundTripBenchmark {
    private static final int CALLS = 200_000;
    private static final int SWITCHES = 20;
    private static final int ROUTES = 40;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private RoundTripBenchmark() {}

    public static void main(String[] arguments) {
        try (RoutesFixture routes = new RoutesFixture()) {
            routes.serve(manyRoutes(0));
            for (int round = 0; round < 4; round++) {
                long began = THREADS.getCurrentThreadCpuTime();
                for (int call = 0; call < CALLS; call++) {
                    routes.generations.request("direct:r0", exchange -> {});
                }
                System.out.printf(
                        "request into a direct: route: %.2f µs of processor time%n",
                        (THREADS.getCurrentThreadCpuTime() - began) / 1e3 / CALLS);
            }
            List<Outcome.Switched> switches = new ArrayList<>();
            for (int number = 1; number <= SWITCHES; number++) {
                switches.add(routes.serve(manyRoutes(number)));
            }
            System.out.printf(
                    "%d routes: built in %d ms (median), switched in %.1f ms (median), %.1f ms (longest)%n",
                    ROUTES,
                    median(switches.stream().map(s -> s.built().toNanos()).toList()) / 1_000_000,
                    median(switches.stream().map(s -> s.cutOver().toNanos()).toList()) / 1e6,
                    switches.stream()
                                    .mapToLong(s -> s.cutOver().toNanos())
                                    .max()
                                    .orElseThrow()
                            / 1e6);
        }
    }

    private static long median(List<Long> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }

    private static io.waybill.channel.Bundle manyRoutes(int version) {
        RoutesFixture.Files files = files();
        for (int route = 0; route < ROUTES; route++) {
            files.with("r" + route + ".camel.yaml", answering("r" + route, version + " " + route));
        }
        return files.bundle("version " + version);
    }
}
