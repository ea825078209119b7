package io.waybill.channel;

/** One mistake in the bundle: where, what, and what to do about it. {@code line} counts from 1; 0 means the whole file. */
public record Finding(String file, int line, String code, String message, String fix) implements Comparable<Finding> {
    @Override
    public int compareTo(Finding other) {
        int byFile = file.compareTo(other.file);
        return byFile != 0 ? byFile : Integer.compare(line, other.line);
    }

    @Override
    public String toString() {
        return file + (line > 0 ? ":" + line : "") + ": " + message + (fix.isEmpty() ? "" : " Fix: " + fix) + " ["
                + code + "]";
    }
}
