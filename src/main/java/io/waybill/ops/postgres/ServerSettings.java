package io.waybill.ops.postgres;

import java.nio.file.Path;

/** The own server's {@code postgresql.conf}, written anew at every start. Each line says why it differs from the default. */
record ServerSettings(int port, Durability durability) {
    /** Read after ours when it is there, so that ops may tune without a build. Durability is checked afterwards all the same. */
    static final String LOCAL = "postgresql.local.conf";

    String text(Path home) {
        String durable = durability.word();
        return """
                # Written at every start of Waybill. Put your own settings into %s beside this folder.

                # Reachable from this machine only, over TCP with a password; no socket file for others to find.
                listen_addresses = '127.0.0.1'
                port = %d
                unix_socket_directories = ''
                password_encryption = 'scram-sha-256'
                # The pool (20), the tests' probes, doctor and a person with psql. A connection costs about 2 MB.
                max_connections = 60

                # The promises rest on these three.
                fsync = %s
                synchronous_commit = %s
                full_page_writes = %s

                # A small machine: the working set of an order ledger is its last days.
                shared_buffers = 96MB
                effective_cache_size = 512MB
                work_mem = 8MB
                maintenance_work_mem = 64MB
                # Our queries are short; compiling them costs more than it saves.
                jit = off
                max_parallel_workers_per_gather = 0
                max_parallel_workers = 2
                max_worker_processes = 4
                # Pages come from an SSD or from memory.
                random_page_cost = 1.1

                # Nobody streams from us: no replication, so WAL stays small and nothing waits for senders.
                wal_level = minimal
                max_wal_senders = 0
                # Full-page images are most of the WAL of small commits; compressing them is cheap.
                wal_compression = on
                wal_buffers = 8MB
                # Rare and slow checkpoints: fewer full-page images, no bursts that a webhook would wait for.
                checkpoint_timeout = 15min
                checkpoint_completion_target = 0.9
                max_wal_size = 1GB
                min_wal_size = 128MB

                # Queue tables turn over all the time: vacuum early, in small bites.
                autovacuum_naptime = 20s
                autovacuum_vacuum_scale_factor = 0.05
                autovacuum_vacuum_cost_limit = 400

                # Statements and details could hold customers' data: only the error itself is logged. A week of files.
                log_error_verbosity = terse
                log_min_error_statement = panic
                log_parameter_max_length = 0
                log_parameter_max_length_on_error = 0
                log_checkpoints = off
                logging_collector = on
                log_directory = '%s'
                log_filename = 'postgresql-%%a.log'
                log_truncate_on_rotation = on
                log_rotation_age = 1d
                log_rotation_size = 0
                log_file_mode = 0600

                # Times are stored with their zone; people read them in UTC.
                timezone = 'UTC'
                log_timezone = 'UTC'
                # Dynamic shared memory in /tmp and /dev/shm is often tiny in containers.
                dynamic_shared_memory_type = 'mmap'

                include_if_exists = '%s'
                """
                .formatted(
                        LOCAL,
                        port,
                        durable,
                        durable,
                        durable,
                        quoted(home.resolve("log")),
                        quoted(home.resolve(LOCAL)));
    }

    private static String quoted(Path path) {
        return path.toString().replace("'", "''");
    }
}
