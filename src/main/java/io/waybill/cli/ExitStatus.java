package io.waybill.cli;

/** What the shell is told. */
public final class ExitStatus {
    public static final int FINE = 0;
    public static final int FINDINGS = 1;
    public static final int UNUSABLE = 2;

    private ExitStatus() {}
}
