package io.waybill.ops.postgres;

import io.waybill.ops.postgres.DatabaseFault.Code;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs PostgreSQL's programs. They refuse to run as root, so root runs them in a user namespace of their own, where it is
 * nobody in particular; files keep their real owner.
 */
final class Programs {
    private final Binaries binaries;
    private final Path output;

    Programs(Binaries binaries, Path output) {
        this.binaries = binaries;
        this.output = output;
    }

    /** Runs to its end. The output goes to a file, not a pipe: a server started by it would hold a pipe open. */
    void run(String program, String... arguments) {
        List<String> command = new ArrayList<>(root() ? List.of("unshare", "-U") : List.of());
        command.add(binaries.program(program));
        command.addAll(List.of(arguments));
        int status = status(command);
        if (status != 0) {
            throw new DatabaseFault(
                    Code.DATABASE_START_FAILED,
                    "PostgreSQL's " + program + " ended with status " + status + ": " + said() + hint());
        }
    }

    private int status(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            process.getOutputStream().close();
            return process.waitFor();
        } catch (IOException e) {
            throw new DatabaseFault(
                    Code.DATABASE_START_FAILED, "Cannot run " + command.get(0) + ": " + e.getMessage() + hint(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DatabaseFault(Code.DATABASE_START_FAILED, command.get(0) + " was interrupted", e);
        }
    }

    private String said() {
        try {
            return Files.readString(output, StandardCharsets.ISO_8859_1).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hint() {
        return root()
                ? " (As root PostgreSQL runs inside `unshare -U`; where that is forbidden, run as another user or set"
                        + " WAYBILL_DATABASE_URL.)"
                : "";
    }

    static int user() {
        return Folders.owner(Path.of("/proc/self"));
    }

    private static boolean root() {
        return user() == 0;
    }
}
