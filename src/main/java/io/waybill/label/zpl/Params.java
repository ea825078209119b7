package io.waybill.label.zpl;

import java.util.ArrayList;
import java.util.List;

/** The parameters of a command. What is absent or not a number is the default, as in the printer. */
final class Params {
    private static final double LARGEST = 100_000_000;
    private static final int MOST = 64;

    private final List<String> values = new ArrayList<>();

    Params(String args, char delimiter) {
        int from = 0;
        for (int at = args.indexOf(delimiter); at >= 0 && values.size() < MOST; at = args.indexOf(delimiter, from)) {
            values.add(args.substring(from, at).strip());
            from = at + 1;
        }
        values.add(args.substring(from).strip());
    }

    String text(int index, String otherwise) {
        return index < values.size() && !values.get(index).isEmpty() ? values.get(index) : otherwise;
    }

    boolean has(int index) {
        return !text(index, "").isEmpty();
    }

    char letter(int index, char otherwise) {
        String text = text(index, "");
        return text.isEmpty() ? otherwise : Character.toUpperCase(text.charAt(0));
    }

    boolean yes(int index, boolean otherwise) {
        return switch (letter(index, ' ')) {
            case 'Y' -> true;
            case 'N' -> false;
            default -> otherwise;
        };
    }

    Rotation rotation(int index, Rotation otherwise) {
        return Rotation.of(letter(index, ' '), otherwise);
    }

    /** A fraction of a dot is cut off. */
    int whole(int index, int otherwise) {
        double value = number(index, otherwise);
        return (int) value;
    }

    int whole(int index, int otherwise, int least, int most) {
        return Math.max(least, Math.min(most, whole(index, otherwise)));
    }

    double number(int index, double otherwise) {
        String text = text(index, "");
        int end = numberEnd(text);
        if (end == 0) {
            return otherwise;
        }
        try {
            double value = Double.parseDouble(text.substring(0, end));
            return Math.max(-LARGEST, Math.min(LARGEST, value));
        } catch (NumberFormatException notANumber) {
            return otherwise;
        }
    }

    private static int numberEnd(String text) {
        int end = 0;
        while (end < text.length() && "+-.0123456789".indexOf(text.charAt(end)) >= 0) {
            end++;
        }
        return end;
    }
}
