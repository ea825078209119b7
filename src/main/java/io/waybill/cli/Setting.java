package io.waybill.cli;

import java.util.Locale;

/** One environment variable of ours: {@code WAYBILL_DATABASE_URL}, on the command line {@code --database-url}. */
record Setting(String variable, String defaultValue, String description) {
    static final String PREFIX = "WAYBILL_";

    String option() {
        return "--"
                + variable.substring(PREFIX.length()).toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Never shown with its value. */
    boolean secret() {
        return variable.contains("TOKEN") || variable.contains("PASSWORD");
    }
}
