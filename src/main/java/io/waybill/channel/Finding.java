package io.waybill.channel;

/**
 * One mistake in the bundle: where, what, and what to do about it. {@code line} counts from 1; 0 means the whole file. An
 * error refuses the bundle; a warning is only shown.
 */
public record Finding(String file, int line, String code, String message, String fix, Severity severity)
        implements Comparable<Finding> {

    public enum Severity {
        ERROR,
        WARNING
    }

    public Finding(String file, int line, String code, String message, String fix) {
        this(file, line, code, message, fix, Severity.ERROR);
    }

    public boolean refuses() {
        return severity == Severity.ERROR;
    }

    @Override
    public int compareTo(Finding other) {
        int byFile = file.compareTo(other.file);
        return byFile != 0 ? byFile : Integer.compare(line, other.line);
    }

    @Override
    public String toString() {
        return file + (line > 0 ? ":" + line : "") + ": " + (refuses() ? "" : "warning: ") + message
                + (fix.isEmpty() ? "" : " Fix: " + fix) + " [" + code + "]";
    }
}
