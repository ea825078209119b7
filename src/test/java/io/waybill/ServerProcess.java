package io.waybill;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server in a process of its own, started by the launcher out of an installed layout, to be killed at will. */
final class ServerProcess {
    private static final Pattern READY = Pattern.compile("ready after [^:]*: (http://\\S+)");
    private static final Duration PATIENCE = Duration.ofSeconds(180);

    private final Process process;
    private final Path output;

    private ServerProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** @param as a prefix such as {@code setpriv …} that changes the user, or nothing */
    static ServerProcess start(Path layout, Path data, List<String> as) {
        List<String> command = new ArrayList<>(as);
        command.addAll(List.of(layout.resolve("waybill").toString(), "serve", "--port=0", "--data=" + data));
        command.add("--routes=" + layout.resolve("routes"));
        try {
            Path output = Files.createTempFile("waybill-server", ".log");
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
            // Short lives: the optimising compiler would only cost time.
            builder.environment().put("WAYBILL_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1");
            Process process = builder.start();
            return new ServerProcess(process, output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return the address it listens on */
    String awaitReady() {
        await().atMost(PATIENCE).until(() -> READY.matcher(said()).find() || !process.isAlive());
        Matcher ready = READY.matcher(said());
        if (!ready.find()) {
            throw new IllegalStateException("not ready, but ended: " + said());
        }
        return ready.group(1);
    }

    /** For a start that is refused. */
    int awaitEnd() {
        await().atMost(PATIENCE).until(() -> !process.isAlive());
        return process.exitValue();
    }

    void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    void stop() {
        process.destroy();
        awaitEnd();
    }

    String said() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
