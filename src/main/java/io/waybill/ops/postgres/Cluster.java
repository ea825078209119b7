package io.waybill.ops.postgres;

import io.waybill.ops.postgres.DatabaseFault.Code;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** PostgreSQL's own data folder: made once, checked at every start to be one that our server can and may open. */
final class Cluster {
    static final String MAJOR = "17";
    static final String USER = "waybill";

    private final Path folder;

    private Cluster(Path folder) {
        this.folder = folder;
    }

    Path folder() {
        return folder;
    }

    /** A crash during initdb leaves {@code cluster.new}, which the next start throws away. */
    static Cluster openOrMake(Path home, Programs programs, Path password) {
        Path folder = home.resolve("cluster");
        if (!Files.exists(folder)) {
            Path fresh = home.resolve("cluster.new");
            Folders.delete(fresh);
            initialise(fresh, programs, password);
            move(fresh, folder);
        }
        Cluster cluster = new Cluster(folder);
        cluster.refuseAnotherMajor();
        cluster.refuseAnotherOwner();
        return cluster;
    }

    /** Scram from the first moment: initdb's default would let every local user in as superuser. */
    private static void initialise(Path fresh, Programs programs, Path password) {
        programs.run(
                "initdb",
                "--pgdata=" + fresh,
                "--username=" + USER,
                "--auth=scram-sha-256",
                "--pwfile=" + password,
                "--encoding=UTF8",
                // PostgreSQL's own collation: an upgrade of the machine's libc cannot corrupt an index.
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--data-checksums");
    }

    private void refuseAnotherMajor() {
        String major = read(folder.resolve("PG_VERSION"));
        if (!major.equals(MAJOR)) {
            throw new DatabaseFault(
                    Code.DATABASE_OF_ANOTHER_MAJOR,
                    folder + " was written by PostgreSQL " + major + ", this Waybill brings " + MAJOR
                            + ". Run `waybill export <file>` with the version that wrote it, move this folder away, and run"
                            + " `waybill import <file>` with this version.");
        }
    }

    private void refuseAnotherOwner() {
        int owner = Folders.owner(folder);
        int user = Programs.user();
        if (owner != user) {
            throw new DatabaseFault(
                    Code.DATABASE_NOT_OURS,
                    folder + " belongs to user number " + owner + " and this process runs as " + user
                            + ". Start as its owner, or change the owner of the whole folder.");
        }
    }

    void configure(String settings) {
        try {
            Files.writeString(folder.resolve("postgresql.conf"), settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void move(Path fresh, Path folder) {
        try {
            Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new DatabaseFault(
                    Code.DATABASE_NOT_OURS,
                    file.getParent() + " is no PostgreSQL data folder, or not readable by us.",
                    e);
        }
    }
}
