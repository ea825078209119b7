package io.waybill.label.zpl;

import java.util.Map;

/** {@code ^MU}: lengths in inches or millimetres, or in the dots of another printer, become dots here. */
record Units(double factor) {
    static final Units DOTS = new Units(1);
    private static final int[] NONE = {};

    /** Which parameters are lengths. */
    private static final Map<String, int[]> LENGTHS = Map.ofEntries(
            Map.entry("^FO", new int[] {0, 1}),
            Map.entry("^FT", new int[] {0, 1}),
            Map.entry("^LH", new int[] {0, 1}),
            Map.entry("^LL", new int[] {0}),
            Map.entry("^PW", new int[] {0}),
            Map.entry("^LT", new int[] {0}),
            Map.entry("^LS", new int[] {0}),
            Map.entry("^GB", new int[] {0, 1, 2}),
            Map.entry("^GE", new int[] {0, 1, 2}),
            Map.entry("^GD", new int[] {0, 1, 2}),
            Map.entry("^GC", new int[] {0, 1}),
            Map.entry("^A", new int[] {1, 2}),
            Map.entry("^CF", new int[] {1, 2}),
            Map.entry("^FB", new int[] {0, 2, 4}),
            Map.entry("^TB", new int[] {1, 2}),
            Map.entry("^BY", new int[] {0, 2}),
            Map.entry("^BC", new int[] {1}),
            Map.entry("^B2", new int[] {1}),
            Map.entry("^B3", new int[] {2}),
            Map.entry("^BE", new int[] {1}),
            Map.entry("^BU", new int[] {1}));

    static Units of(Params p, int dpi) {
        double factor =
                switch (p.letter(0, 'D')) {
                    case 'I' -> dpi;
                    case 'M' -> dpi / 25.4;
                    default -> p.number(2, 0) > 0 && p.number(1, 0) > 0 ? p.number(2, 1) / p.number(1, 1) : 1;
                };
        return new Units(factor);
    }

    Command apply(Command command) {
        int[] places = factor == 1 ? NONE : LENGTHS.getOrDefault(command.name(), NONE);
        if (places.length == 0) {
            return command;
        }
        String[] parts = command.args().split(java.util.regex.Pattern.quote(String.valueOf(command.delimiter())), -1);
        for (int place : places) {
            if (place < parts.length && !parts[place].isBlank()) {
                double length = new Params(parts[place], command.delimiter()).number(0, 0);
                parts[place] = String.valueOf(Math.round(length * factor));
            }
        }
        return new Command(
                command.name(),
                String.join(String.valueOf(command.delimiter()), parts),
                command.delimiter(),
                command.position());
    }
}
