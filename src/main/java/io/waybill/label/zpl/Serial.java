package io.waybill.label.zpl;

import java.math.BigInteger;

/** {@code ^SN}: the last digits of the text grow from copy to copy. */
record Serial(FieldData start, long step, boolean leadingZeros) {
    private static final int MOST_DIGITS = 12;

    static Serial of(FieldData start, Params p) {
        return new Serial(start, (long) p.number(1, 1), p.yes(2, false));
    }

    FieldData copy(int copy) {
        String text = start.raw();
        int to = text.length();
        while (to > 0 && !isDigit(text.charAt(to - 1))) {
            to--;
        }
        int from = to;
        while (from > 0 && isDigit(text.charAt(from - 1)) && to - from < MOST_DIGITS) {
            from--;
        }
        if (from == to) {
            return start;
        }
        String counted = counted(text.substring(from, to), copy);
        return new FieldData(
                text.substring(0, from) + counted + text.substring(to), start.hex(), start.page(), start.bytes());
    }

    private String counted(String digits, int copy) {
        BigInteger value =
                new BigInteger(digits).add(BigInteger.valueOf(step * copy)).abs();
        String plain = value.toString();
        boolean padded = leadingZeros || digits.startsWith("0") && copy == 0;
        return padded && plain.length() < digits.length()
                ? "0".repeat(digits.length() - plain.length()) + plain
                : plain;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
