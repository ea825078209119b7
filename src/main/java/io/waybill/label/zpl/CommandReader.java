package io.waybill.label.zpl;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Cuts the text into commands. Prefixes and delimiter can be changed by the text itself (^CC, ^CT, ^CD). */
final class CommandReader {
    private static final int LONGEST_COUNT = 9;

    private final String text;
    private int at;
    private char format = '^';
    private char control = '~';
    private char delimiter = ',';

    CommandReader(String text) {
        this.text = text;
    }

    @Nullable
    Command next() {
        while (at < text.length()) {
            if (startsCommand(at)) {
                return read();
            }
            at++;
        }
        return null;
    }

    private boolean startsCommand(int index) {
        char c = text.charAt(index);
        return (c == format || c == control) && index + 1 < text.length() && Character.isLetter(text.charAt(index + 1));
    }

    /** A lone caret ends the data before it, as in the printer; a lone tilde is read as text. */
    private boolean endsArgs(int index) {
        return text.charAt(index) == format || startsCommand(index);
    }

    private Command read() {
        int position = at;
        char prefix = text.charAt(at) == format ? '^' : '~';
        String name = name(prefix);
        at += name.length();
        String args =
                switch (name) {
                    case "^CC", "~CC", "^CT", "~CT", "^CD", "~CD" -> change(name);
                    case "^GF" -> binary(2, "B") ? counted(4, 1) : upToNext();
                    case "~DY" -> binary(1, "B") || rawPng() ? counted(5, 3) : upToNext();
                    default -> upToNext();
                };
        return new Command(name, args, delimiter, position);
    }

    private String name(char prefix) {
        char first = Character.toUpperCase(text.charAt(at + 1));
        if (prefix == '^' && first == 'A' || at + 2 >= text.length()) {
            return "" + prefix + first;
        }
        return ("" + prefix + first + text.charAt(at + 2)).toUpperCase(Locale.ROOT);
    }

    private String change(String name) {
        if (at >= text.length()) {
            return "";
        }
        char value = text.charAt(at++);
        switch (name.charAt(2)) {
            case 'C' -> format = value;
            case 'T' -> control = value;
            default -> delimiter = value;
        }
        return "";
    }

    private String upToNext() {
        int from = at;
        while (at < text.length() && !endsArgs(at)) {
            at++;
        }
        return withoutLineBreaks(text.substring(from, at));
    }

    private static String withoutLineBreaks(String args) {
        return args.indexOf('\n') < 0 && args.indexOf('\r') < 0
                ? args
                : args.replace("\n", "").replace("\r", "");
    }

    private boolean binary(int within, String letter) {
        int end = Math.min(text.length(), at + 40);
        String[] head = text.substring(at, end).split(String.valueOf(delimiter).replace("|", "\\|"), 4);
        String form = within == 2 ? head[0] : head.length > 1 ? head[1] : "";
        return form.strip().equalsIgnoreCase(letter);
    }

    private boolean rawPng() {
        int data = after(5);
        return binary(1, "P") && data < text.length() && text.charAt(data) == 0x89;
    }

    /** Binary data may hold any character, so its length comes from the header. */
    private String counted(int commas, int countAt) {
        int dataAt = after(commas);
        String header = text.substring(at, dataAt);
        int count = new Params(header, delimiter).whole(countAt, 0);
        int end = dataAt + Math.max(0, count);
        if (end > text.length() || Integer.toString(count).length() > LONGEST_COUNT) {
            throw new ZplException(ZplError.TRUNCATED, "The binary graphic at " + at + " is shorter than it says.");
        }
        at = end;
        return header + text.substring(dataAt, end);
    }

    private int after(int commas) {
        int index = at;
        for (int found = 0; found < commas && index < text.length(); index++) {
            if (text.charAt(index) == delimiter) {
                found++;
            }
        }
        return index;
    }
}
