package io.waybill.label.zpl;

import java.util.ArrayList;
import java.util.List;

/**
 * Field data of {@code ^BC} as code words and readable line, by mode: N (subsets chosen in the data by {@code >}), A
 * (chosen here), U (UCC case code), D (GS1 with application identifiers).
 */
final class Code128Data {
    private static final char FNC1 = '\uE001';
    private static final char FNC2 = '\uE002';
    private static final char FNC3 = '\uE003';
    private static final int UCC_DIGITS = 19;

    private final List<Integer> words = new ArrayList<>();
    private final StringBuilder readable = new StringBuilder();
    private char subset = 'B';

    static Code128Data of(String text, char mode) {
        Code128Data out = new Code128Data();
        switch (mode) {
            case 'U' -> out.caseCode(text);
            case 'D' -> out.gs1(text);
            case 'A' -> out.automatic(unescaped(text), unescaped(text));
            default -> out.chosen(text);
        }
        return out;
    }

    int[] codeWords() {
        return words.stream().mapToInt(Integer::intValue).toArray();
    }

    String readable() {
        return readable.toString();
    }

    private void caseCode(String text) {
        String digits = digits(text);
        String case19 = (digits + "0".repeat(UCC_DIGITS)).substring(0, UCC_DIGITS);
        String whole = case19 + checkDigit(case19);
        automatic(FNC1 + whole, whole);
    }

    private void gs1(String text) {
        String marked = unescaped(text);
        String data = marked.replaceAll("[() ]", "");
        boolean led = !data.isEmpty() && data.charAt(0) == FNC1;
        automatic(led ? data : FNC1 + data, marked);
    }

    static String digits(String text) {
        return text.replaceAll("[^0-9]", "");
    }

    /** Modulo 10, weights 3 and 1 from the right. */
    static char checkDigit(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            sum += i % 2 == 0 ? 3 * digit : digit;
        }
        return (char) ('0' + (10 - sum % 10) % 10);
    }

    private static String unescaped(String text) {
        return text.replaceAll("^>[9:;]", "")
                .replaceAll(">[567]", "")
                .replace(">8", String.valueOf(FNC1))
                .replace(">3", String.valueOf(FNC2))
                .replace(">2", String.valueOf(FNC3))
                .replace("><", "^")
                .replace(">=", "~")
                .replace(">0", ">");
    }

    // ---- mode N

    private void chosen(String text) {
        int at = start(text);
        while (at < text.length()) {
            at = text.charAt(at) == '>' && at + 1 < text.length() ? invoke(text, at) : plain(text, at);
        }
    }

    private int start(String text) {
        char wanted = text.length() > 1 && text.charAt(0) == '>' ? text.charAt(1) : ':';
        subset = wanted == '9' ? 'A' : wanted == ';' ? 'C' : 'B';
        words.add(subset == 'A' ? Code128.START_A : subset == 'B' ? Code128.START_B : Code128.START_C);
        return text.startsWith(">") && "9:;".indexOf(wanted) >= 0 ? 2 : 0;
    }

    private int invoke(String text, int at) {
        switch (text.charAt(at + 1)) {
            case '<' -> add(62, '^');
            case '0' -> add(30, '>');
            case '=' -> add(94, '~');
            case '1' -> words.add(95);
            case '2' -> words.add(96);
            case '3' -> words.add(97);
            case '4' -> words.add(98);
            case '5', ';' -> switchTo('C');
            case '6', ':' -> switchTo('B');
            case '7', '9' -> switchTo('A');
            case '8' -> words.add(Code128.FNC1);
            default -> {
                return plain(text, at);
            }
        }
        return at + 2;
    }

    private void add(int word, char shown) {
        words.add(word);
        readable.append(shown);
    }

    private void switchTo(char wanted) {
        if (wanted != subset) {
            words.add(wanted == 'A' ? Code128.CODE_A : wanted == 'B' ? Code128.CODE_B : Code128.CODE_C);
            subset = wanted;
        }
    }

    private int plain(String text, int at) {
        char c = text.charAt(at);
        if (subset != 'B' && pair(text, at)) {
            words.add(Integer.parseInt(text, at, at + 2, 10));
            readable.append(text, at, at + 2);
            return at + 2;
        }
        if (subset == 'C') {
            switchTo('B');
        }
        add(value(c, subset), c);
        return at + 1;
    }

    private static boolean pair(String text, int at) {
        return at + 1 < text.length() && isDigit(text.charAt(at)) && isDigit(text.charAt(at + 1));
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static int value(char c, char subset) {
        if (subset == 'A' && c < 0x60) {
            return c < 0x20 ? c + 64 : c - 32;
        }
        if (subset == 'B' && c >= 0x20 && c < 0x80) {
            return c - 32;
        }
        throw new Refusal(ZplError.BARCODE_REFUSED, "Code 128 subset " + subset + " lacks a character of the data");
    }

    // ---- modes A, U, D

    private void automatic(String text, String shown) {
        for (int at = 0; at < text.length(); ) {
            int run = digitRun(text, at);
            boolean first = words.isEmpty();
            at = worthC(text, at, run, first) ? pairs(text, at, first) : single(text, at, first);
        }
        readable.append(shown.replaceAll("[\uE001-\uE003]", ""));
    }

    /** Digits from here, an FNC1 between pairs counted in. */
    private static int digitRun(String text, int at) {
        int run = 0;
        for (int i = at;
                i < text.length() && (isDigit(text.charAt(i)) || text.charAt(i) == FNC1 && run % 2 == 0);
                i++) {
            run += isDigit(text.charAt(i)) ? 1 : 0;
        }
        return run;
    }

    private boolean worthC(String text, int at, int run, boolean first) {
        if (subset == 'C' && !first) {
            return run >= 2 || text.charAt(at) == FNC1;
        }
        boolean all = run == Code128Data.digits(text).length() && run >= text.length() - 1;
        boolean edge = first || at + run >= text.length();
        return run >= 2 && all && run % 2 == 0 || run >= (edge ? 4 : 6) && (run % 2 == 0 || first);
    }

    private int pairs(String text, int at, boolean first) {
        enter('C', first);
        int i = at;
        while (i < text.length() && (text.charAt(i) == FNC1 || pair(text, i))) {
            boolean fnc = text.charAt(i) == FNC1;
            words.add(fnc ? Code128.FNC1 : Integer.parseInt(text, i, i + 2, 10));
            i += fnc ? 1 : 2;
        }
        return i;
    }

    private int single(String text, int at, boolean first) {
        char c = text.charAt(at);
        if (first || subset == 'C') {
            enter(needsA(text, at) ? 'A' : 'B', first);
        } else if (c < 0x20 && subset == 'B' || c >= 0x60 && c < 0x80 && subset == 'A') {
            switchTo(subset == 'A' ? 'B' : 'A');
        }
        words.add(
                switch (c) {
                    case FNC1 -> Code128.FNC1;
                    case FNC2 -> 97;
                    case FNC3 -> 96;
                    default -> value(c, subset);
                });
        return at + 1;
    }

    private void enter(char wanted, boolean first) {
        if (first) {
            subset = wanted;
            words.add(wanted == 'A' ? Code128.START_A : wanted == 'B' ? Code128.START_B : Code128.START_C);
        } else {
            switchTo(wanted);
        }
    }

    private static boolean needsA(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x20 || c >= 0x60 && c < 0x80) {
                return c < 0x20;
            }
        }
        return false;
    }
}
