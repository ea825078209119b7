package io.waybill.cli.trial;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Measures a server of its own against plain JDBC on the same PostgreSQL, pair by pair in one run, since a machine is not
 * equally fast all day: yardstick, burst, until all of the burst is delivered; and once a steady pace for the latencies.
 */
public final class Bench {
    private static final String SECRET_VARIABLE = "WAYBILL_BENCH_SECRET";
    private static final int CAPACITY = 2_000_000;
    private static final int STEADY_CLIENTS = 4;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    /** As the launcher starts it. */
    private static final List<String> JVM = List.of("-XX:+UseSerialGC", "-Xms48m", "-Xmx384m", "-Xss512k");

    /**
     * How long and how hard.
     *
     * @param length of each phase
     * @param warmUp orders flow for so long before anything counts; a young JVM spends its time on compiling
     * @param perSecond orders a second of the steady phase
     */
    public record Plan(int rounds, Duration length, Duration warmUp, int clients, int perSecond) {
        public Plan {
            if (rounds < 1 || clients < 1 || perSecond < 1 || length.isNegative() || length.isZero()) {
                throw new IllegalArgumentException("rounds, length, clients and pace must be positive");
            }
        }
    }

    private final Plan plan;
    private final Path folder;
    private final StandardWebhook signer = new StandardWebhook(new SecureRandom().generateSeed(32));

    /** @param folder an empty folder for the server's routes, data and log; it stays afterwards */
    public Bench(Plan plan, Path folder) {
        this.plan = plan;
        this.folder = folder;
    }

    /** @param progress told each round as it ends */
    public BenchReport run(Consumer<String> progress) throws InterruptedException, SQLException {
        try (QuietStore store = new QuietStore(CAPACITY);
                ServerProcess server = server(store)) {
            Duration start = server.start();
            Consumption idle = Consumption.of(server.pid());
            Clients clients = new Clients(server.port(), signer, CAPACITY);
            Yardstick yardstick = new Yardstick(Books.under(server.data()));
            warmUp(clients, store, yardstick);
            List<BenchReport.Round> rounds = new ArrayList<>();
            for (int round = 0; round < plan.rounds(); round++) {
                rounds.add(round(server, clients, store, yardstick));
                progress.accept(BenchReport.told(rounds.get(round)));
            }
            BenchReport.Steady steady = steady(clients, store);
            return new BenchReport(
                    plan,
                    new Stencil().size(),
                    start,
                    idle,
                    rounds,
                    steady,
                    Consumption.of(server.pid()),
                    Consumption.ofFamily(postgres(server)));
        }
    }

    private ServerProcess server(QuietStore store) {
        return new ServerProcess(
                folder,
                Map.of(
                        "channels/shop.yaml",
                        """
                        connector: http
                        title: Shop
                        role: marketplace
                        settings: { webhookSecret: "{{env:%s}}" }
                        """
                                .formatted(SECRET_VARIABLE),
                        "channels/store.yaml",
                        """
                        connector: http
                        title: Store
                        role: erp
                        settings: { url: "%s" }
                        limits: { concurrency: 16 }
                        """
                                .formatted(store.url()),
                        "rules/shop.yaml",
                        """
                        attributes:
                          - { attribute: tags, when: { order.totals.total: { greaterThan: "0.50" } }, then: Large }
                        """),
                Map.of(SECRET_VARIABLE, signer.secret(), "WAYBILL_SANDBOX", "false"),
                JVM);
    }

    private void warmUp(Clients clients, QuietStore store, Yardstick yardstick)
            throws InterruptedException, SQLException {
        yardstick.measure(plan.length().dividedBy(2));
        awaitDelivered(clients.burst(plan.clients(), plan.warmUp()), store);
    }

    private BenchReport.Round round(ServerProcess server, Clients clients, QuietStore store, Yardstick yardstick)
            throws InterruptedException, SQLException {
        double rows = yardstick.measure(plan.length());
        long ours = Consumption.of(server.pid()).cpuMillis();
        long postgres = Consumption.ofFamily(postgres(server)).cpuMillis();
        long begun = System.nanoTime();
        Clients.Phase burst = clients.burst(plan.clients(), plan.length());
        awaitDelivered(burst, store);
        double delivered = burst.orders() * 1e9 / (System.nanoTime() - begun);
        return new BenchReport.Round(
                rows,
                burst,
                delivered,
                (double) (Consumption.of(server.pid()).cpuMillis() - ours) / burst.orders(),
                (double) (Consumption.ofFamily(postgres(server)).cpuMillis() - postgres) / burst.orders());
    }

    private BenchReport.Steady steady(Clients clients, QuietStore store) throws InterruptedException {
        Clients.Phase phase = clients.steady(STEADY_CLIENTS, plan.length().multipliedBy(2), plan.perSecond());
        awaitDelivered(phase, store);
        long[] nanos = new long[phase.orders()];
        for (int i = 0; i < nanos.length; i++) {
            int number = phase.first() + i;
            nanos[i] = store.arrival(number) - clients.acknowledged(number);
        }
        Arrays.sort(nanos);
        return new BenchReport.Steady(phase, nanos);
    }

    private static void awaitDelivered(Clients.Phase phase, QuietStore store) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (store.orders() < phase.end() - 1) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("Only " + store.orders() + " of " + (phase.end() - 1)
                        + " orders were delivered after " + PATIENCE.toMinutes() + " minutes.");
            }
            TimeUnit.MILLISECONDS.sleep(2);
        }
    }

    private static long postgres(ServerProcess server) {
        try {
            return Long.parseLong(Files.readAllLines(server.data().resolve("postgres/cluster/postmaster.pid"))
                    .get(0)
                    .strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
