package io.waybill.ops.backup;

import java.time.Instant;
import java.util.List;

/**
 * What an export holds, as its last entry says. Tables stand in the order in which they can be loaded.
 *
 * @param format of the file itself; another one is refused
 * @param schema version of the newest migration in it
 * @param postgres the server it was read from
 */
record Manifest(
        int format,
        String schema,
        Instant at,
        String postgres,
        List<Table> tables,
        List<Partition> partitions,
        List<Sequence> sequences) {
    static final int FORMAT = 1;

    Manifest {
        tables = List.copyOf(tables);
        partitions = List.copyOf(partitions);
        sequences = List.copyOf(sequences);
    }

    /**
     * @param bytes of its rows, in COPY's text form
     * @param sha256 of these bytes
     */
    record Table(String name, List<String> columns, long rows, long bytes, String sha256) {
        Table {
            columns = List.copyOf(columns);
        }

        String entry() {
            return "tables/" + name + ".copy";
        }
    }

    /** @param definition what follows {@code create table <name> partition of <parent>} */
    record Partition(String name, String parent, String definition) {}

    record Sequence(String name, long last, boolean called) {}

    long rows() {
        return tables.stream().mapToLong(Table::rows).sum();
    }
}
