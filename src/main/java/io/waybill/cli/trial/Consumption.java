package io.waybill.cli.trial;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What a process and its children use, read from Linux' {@code /proc}; zeros elsewhere. */
record Consumption(long cpuMillis, long memoryKilobytes) {
    /** Linux shows times in hundredths of a second, whatever its own tick. */
    private static final long MILLIS_PER_TICK = 10;

    private static final int USER_TIME = 11;

    /** Of one process alone; memory is its resident set. */
    static Consumption of(long pid) {
        return new Consumption(ticks(pid, 2) * MILLIS_PER_TICK, kilobytes(pid, "status", "VmRSS:"));
    }

    /** Of a process, its children and those that ended; memory they share is counted once. */
    static Consumption ofFamily(long pid) {
        long[] all = ProcessHandle.of(pid)
                .map(parent -> Stream.concat(Stream.of(parent), parent.descendants())
                        .mapToLong(ProcessHandle::pid)
                        .toArray())
                .orElseGet(() -> new long[0]);
        long ticks = 0;
        long memory = 0;
        for (long member : all) {
            ticks += ticks(member, member == pid ? 4 : 2);
            memory += kilobytes(member, "smaps_rollup", "Pss:");
        }
        return new Consumption(ticks * MILLIS_PER_TICK, memory);
    }

    /** @param times 2 for user and system time, 4 to add those of children that ended */
    private static long ticks(long pid, int times) {
        String stat = read(pid, "stat");
        if (stat.isEmpty()) {
            return 0;
        }
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        long ticks = 0;
        for (int i = USER_TIME; i < USER_TIME + times; i++) {
            ticks += Long.parseLong(fields[i]);
        }
        return ticks;
    }

    private static long kilobytes(long pid, String file, String key) {
        return read(pid, file)
                .lines()
                .filter(line -> line.startsWith(key))
                .map(line -> line.replaceAll("\\D", ""))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElse(0);
    }

    private static String read(long pid, String file) {
        try {
            return Files.readString(Path.of("/proc", String.valueOf(pid), file));
        } catch (IOException e) {
            // Ended since it was listed, or no Linux.
            return "";
        }
    }
}
