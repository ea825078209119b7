package io.waybill.label.zpl;

/**
 * What one message may cost. Far above real labels (the largest seen has 0.2 MB and some 200 fields), far below what
 * hurts a 256 MB heap.
 */
final class Limits {
    static final int INPUT = 8 << 20;
    static final int LABELS = 200;
    static final int FIELDS = 20_000;
    static final int COMMANDS = 1_000_000;
    static final int BARCODES = 2_000;
    static final long GRAPHIC_DOTS = 64_000_000;
    static final int DATA = 10_000;
    static final int WARNINGS = 100;

    private int commands;
    private int labels;
    private int fields;
    private int barcodes;
    private long dots;

    void command() {
        if (++commands > COMMANDS) {
            throw over("commands", COMMANDS);
        }
    }

    void label() {
        if (++labels > LABELS) {
            throw over("labels", LABELS);
        }
    }

    void field() {
        if (++fields > FIELDS) {
            throw over("fields", FIELDS);
        }
    }

    void barcode() {
        if (++barcodes > BARCODES) {
            throw over("barcodes", BARCODES);
        }
    }

    void dots(long more) {
        dots += more;
        if (more < 0 || dots > GRAPHIC_DOTS) {
            throw over("graphic dots", GRAPHIC_DOTS);
        }
    }

    static void input(int length) {
        if (length > INPUT) {
            throw over("characters", INPUT);
        }
    }

    private static ZplException over(String what, long limit) {
        return new ZplException(
                ZplError.TOO_LARGE, "The message has more than " + limit + " " + what + ". Send fewer labels at once.");
    }
}
