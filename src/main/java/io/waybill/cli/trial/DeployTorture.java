package io.waybill.cli.trial;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.order.EventJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Edits a running server's routes folder, well and badly in every way there is, while a shop sends orders and somebody asks
 * again and again which edit serves. No request may fail, no answer may come from an edit that was refused or replaced, and
 * every order must be at its destination, once.
 */
public final class DeployTorture {
    private static final String TOKEN = "torture-admin-token-0123456789abcdef";
    private static final String SECRET_VARIABLE = "WAYBILL_TORTURE_SECRET";
    private static final int KEY_BYTES = 32;
    private static final int RAPID = 1_000;
    private static final List<String> JVM = List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    /**
     * How hard.
     *
     * @param perSecond webhooks a second
     * @param patience how long one edit may take to be served or refused, and the backlog to drain
     */
    public record Plan(int edits, int perSecond, long seed, Duration patience) {
        public Plan {
            if (edits < 1 || perSecond < 1) {
                throw new IllegalArgumentException("at least 1 edit and 1 webhook a second");
            }
        }
    }

    private final Plan plan;
    private final Path folder;
    private final Random random;
    private final StandardWebhook signer;
    private final DeployReport report;
    /** What the folder holds when all is well. */
    private final Map<String, String> valid = new TreeMap<>();

    /** @param folder an empty folder for the server's routes, data and log; it stays afterwards */
    public DeployTorture(Plan plan, Path folder) {
        this.plan = plan;
        this.folder = folder;
        this.random = new Random(plan.seed());
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        this.signer = new StandardWebhook(key);
        this.report = new DeployReport(plan);
    }

    public DeployReport run() throws InterruptedException {
        try (RoughStore store = new RoughStore(true, 0, Duration.ZERO, plan.seed());
                ServerProcess server = server(store)) {
            server.start();
            try (SteadyLoad load = new SteadyLoad(server, signer, TOKEN, plan.perSecond())) {
                load.start();
                for (int number = 1; number <= plan.edits(); number++) {
                    edit(EditKind.of(number, random), number, server, load);
                }
                load.stop();
                boolean drained = await(() -> store.holding().copies().keySet().containsAll(load.acknowledged()));
                report.end(load, store.holding().copies(), drained);
            }
        }
        return report;
    }

    private ServerProcess server(RoughStore store) {
        valid.put(EditKind.NUMBER_FILE, EditKind.number(0));
        valid.put(EditKind.RULES, EditKind.rule("[]"));
        valid.put(
                "channels/shop.yaml",
                "connector: http\ntitle: Shop\nrole: marketplace\ndestinations: [store]\n"
                        + "settings: { webhookSecret: \"{{env:" + SECRET_VARIABLE + "}}\" }\n");
        valid.put(
                "channels/store.yaml",
                "connector: http\ntitle: Store\nrole: erp\nsettings: { url: \"" + store.url() + "\" }\n");
        return new ServerProcess(
                folder,
                valid,
                Map.of(
                        SECRET_VARIABLE,
                        signer.secret(),
                        "WAYBILL_SANDBOX",
                        "false",
                        "WAYBILL_QUIET",
                        "200ms",
                        "WAYBILL_ADMIN_TOKEN",
                        TOKEN),
                JVM);
    }

    private void edit(EditKind kind, int number, ServerProcess server, SteadyLoad load) throws InterruptedException {
        String refusedBefore = refusal(server);
        long begun = System.nanoTime();
        boolean asExpected;
        if (kind.isValid()) {
            load.announce(number);
            write(kind, number, server, refusedBefore);
            asExpected = await(() -> load.number() == number);
            load.serves(number);
            valid.putAll(kind.files(number));
        } else {
            spoil(kind, number);
            boolean refused = await(() -> isRefused(server, refusedBefore));
            asExpected = isMended(kind, number, server) && refused;
        }
        report.edit(kind, number, asExpected, Duration.ofNanos(System.nanoTime() - begun));
    }

    private void write(EditKind kind, int number, ServerProcess server, String refusedBefore)
            throws InterruptedException {
        if (kind == EditKind.HALF_WRITTEN) {
            String whole = EditKind.number(number);
            save(EditKind.NUMBER_FILE, whole.substring(0, whole.indexOf("platform-http") + 4));
            await(() -> isRefused(server, refusedBefore));
        }
        for (int save = 1; kind == EditKind.RAPID_SAVES && save < RAPID; save++) {
            save(EditKind.NUMBER_FILE, EditKind.number(-save));
        }
        if (kind == EditKind.DELETED_FILES) {
            List<String> added = valid.keySet().stream()
                    .filter(path -> path.contains("/more-"))
                    .toList();
            added.forEach(this::delete);
            valid.keySet().removeAll(added);
        }
        kind.files(number).forEach(this::save);
    }

    private void spoil(EditKind kind, int number) {
        if (kind == EditKind.DELETED_FOLDER) {
            move(routes(), aside());
        } else {
            kind.files(number).forEach(this::save);
        }
    }

    /** A folder that is back is waited for: gone again before anybody looked, it would be the same refusal still. */
    private boolean isMended(EditKind kind, int number, ServerProcess server) throws InterruptedException {
        mend(kind, number);
        return kind != EditKind.DELETED_FOLDER || await(() -> refusal(server).isEmpty());
    }

    private void mend(EditKind kind, int number) {
        if (kind == EditKind.DELETED_FOLDER) {
            move(aside(), routes());
            return;
        }
        kind.files(number).keySet().forEach(path -> {
            String before = valid.get(path);
            if (before == null) {
                delete(path);
            } else {
                save(path, before);
            }
        });
    }

    /** The refusal of the edit before may go meanwhile, since that was mended: that is no new one. */
    private boolean isRefused(ServerProcess server, String before) {
        String now = refusal(server);
        return !now.isEmpty() && !now.equals(before);
    }

    /** When the newest refusal was; empty when none stands. */
    private String refusal(ServerProcess server) {
        HttpResponse<String> answer = SteadyLoad.get(server.uri("/api/deployments?limit=1"), TOKEN);
        try {
            JsonNode status = EventJson.MAPPER.readTree(answer.body());
            return status.at("/refusal/at").asText("");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path routes() {
        return folder.resolve("routes");
    }

    private Path aside() {
        return folder.resolve("routes-aside");
    }

    private void save(String path, String text) {
        try {
            Path file = routes().resolve(path);
            Files.createDirectories(file.resolveSibling("."));
            Files.write(file, text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void delete(String path) {
        try {
            Files.delete(routes().resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void move(Path from, Path to) {
        try {
            Files.move(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + plan.patience().toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(25);
        }
        return true;
    }
}
