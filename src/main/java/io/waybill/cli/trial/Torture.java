package io.waybill.cli.trial;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Sends signed orders to a server that is killed with SIGKILL again and again, towards two destinations that fail in a tenth
 * of their calls, then counts. What is acknowledged must be at both destinations, created once, at its newest version.
 */
public final class Torture {
    private static final String SECRET_VARIABLE = "WAYBILL_TORTURE_SECRET";
    private static final double FAULT_SHARE = 0.1;
    private static final Duration SEARCH_LAG = Duration.ofSeconds(1);
    private static final Duration FIND_SETTLE = Duration.ofSeconds(2);
    private static final int KEY_BYTES = 32;
    /** It starts a dozen times and lives for seconds: the quick compiler, the small collector. */
    private static final List<String> JVM = List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    /**
     * How hard.
     *
     * @param perSecond how fast the shop sends; slower means more deliveries between two kills
     * @param patience how long the backlog may take to drain once everything is acknowledged
     */
    public record Plan(int orders, int kills, int perSecond, long seed, Duration patience) {
        public Plan {
            if (orders < 10 || kills < 0 || perSecond < 1) {
                throw new IllegalArgumentException("at least 10 orders, no kills or some, 1 message a second or more");
            }
        }
    }

    private final Plan plan;
    private final Path folder;
    private final Random random;
    private final StandardWebhook signer;
    private final List<Duration> restarts = new ArrayList<>();

    /** @param folder an empty folder for the server's routes, data and log; it stays afterwards */
    public Torture(Plan plan, Path folder) {
        this.plan = plan;
        this.folder = folder;
        this.random = new Random(plan.seed());
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        this.signer = new StandardWebhook(key);
    }

    public TortureReport run() throws InterruptedException {
        List<Message> stream = Message.stream(plan.orders(), random);
        try (RoughStore keyed = new RoughStore(true, FAULT_SHARE, Duration.ZERO, plan.seed());
                RoughStore searched = new RoughStore(false, FAULT_SHARE, SEARCH_LAG, plan.seed() + 1);
                ServerProcess server = server(keyed, searched);
                Shop shop = new Shop(server.uri("/webhooks/shop"), signer, plan.perSecond())) {
            restarts.add(server.start());
            long begun = System.nanoTime();
            shop.send(stream);
            killAgainAndAgain(server, shop, stream.size());
            await(shop::isDone, plan.patience());
            Duration sent = Duration.ofNanos(System.nanoTime() - begun);
            Verdict verdict = new Verdict(Message.newest(stream), keyed, searched, Books.under(server.data()));
            long drainBegun = System.nanoTime();
            boolean drained = await(verdict::isDrained, plan.patience());
            Duration drain = Duration.ofNanos(System.nanoTime() - drainBegun);
            return new TortureReport(
                    plan, stream.size(), restarts, sent, drained, drain, shop, verdict.read(), keyed, searched);
        }
    }

    private ServerProcess server(RoughStore keyed, RoughStore searched) {
        return new ServerProcess(
                folder,
                Map.of(
                        "channels/shop.yaml", shop(),
                        "channels/keyed.yaml", destination("Keeps keys", keyed, ""),
                        "channels/searched.yaml", destination("Ignores keys", searched, searching(searched))),
                Map.of(
                        SECRET_VARIABLE,
                        signer.secret(),
                        "WAYBILL_SANDBOX",
                        "false",
                        "WAYBILL_RETRIES",
                        "200ms,300ms,500ms,500ms,1s,1s,1s,2s,2s,2s",
                        "WAYBILL_FIRST_PROBE",
                        "200ms",
                        "WAYBILL_LAST_PROBE",
                        "1s"),
                JVM);
    }

    private static String shop() {
        return """
                connector: http
                title: Shop under torture
                role: marketplace
                settings: { webhookSecret: "{{env:%s}}" }
                destinations: [keyed, searched]
                """
                .formatted(SECRET_VARIABLE);
    }

    private static String destination(String title, RoughStore store, String more) {
        return """
                connector: http
                title: %s
                role: erp
                settings:
                  url: "%s"
                %s"""
                .formatted(title, store.url(), more);
    }

    private static String searching(RoughStore store) {
        return """
                  findUrl: "%s"
                  idempotent: "false"
                  findSettle: %ds
                """
                .formatted(store.findUrl(), FIND_SETTLE.toSeconds());
    }

    /** One kill in each equal part of the stream, at a random place in it; the last one hits the backlog. */
    private void killAgainAndAgain(ServerProcess server, Shop shop, int messages) throws InterruptedException {
        for (int kill = 1; kill <= plan.kills(); kill++) {
            int part = messages / plan.kills();
            int place = kill == plan.kills() ? messages : (kill - 1) * part + random.nextInt(1 + part);
            await(() -> shop.acknowledged() >= place, plan.patience());
            TimeUnit.MILLISECONDS.sleep(random.nextInt(300));
            server.kill();
            restarts.add(server.start());
        }
    }

    private static boolean await(BooleanSupplier condition, Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        return true;
    }
}
