package io.waybill.label.zpl;

/** Code 128 from chosen code words: ZPL names them itself, so Okapi lends its table of bars and does not choose. */
final class Code128 extends uk.org.okapibarcode.backend.Code128 {
    static final int CODE_C = 99;
    static final int CODE_B = 100;
    static final int CODE_A = 101;
    static final int FNC1 = 102;
    static final int START_A = 103;
    static final int START_B = 104;
    static final int START_C = 105;
    private static final int STOP = 106;
    private static final int MODULUS = 103;

    private Code128() {}

    /** Adds check character and stop. */
    static String pattern(int[] codeWords) {
        StringBuilder out = new StringBuilder(6 * codeWords.length + 13);
        int sum = codeWords[0];
        for (int i = 0; i < codeWords.length; i++) {
            out.append(CODE128_TABLE[codeWords[i]]);
            sum += i * codeWords[i];
        }
        return out.append(CODE128_TABLE[sum % MODULUS])
                .append(CODE128_TABLE[STOP])
                .toString();
    }
}
