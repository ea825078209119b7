package io.waybill.label.zpl;

/** Zero suppression of UPC-E: number system, six digits. */
final class UpcE {
    private UpcE() {}

    /**
     * ZPL takes the long number (5 digits of manufacturer, 5 of item) or the six suppressed digits, either with a leading
     * number system.
     */
    static String compressed(String digits) {
        boolean isLong = digits.length() > 7;
        int body = isLong ? 10 : 6;
        char system = digits.length() > body ? digits.charAt(0) : '0';
        String rest =
                digits.length() > body ? digits.substring(1, body + 1) : "0".repeat(body - digits.length()) + digits;
        return system + (isLong ? suppressed(rest.substring(0, 5), rest.substring(5)) : rest);
    }

    private static String suppressed(String maker, String item) {
        if (maker.matches("..[012]00") && item.startsWith("00")) {
            return maker.substring(0, 2) + item.substring(2) + maker.charAt(2);
        }
        if (maker.endsWith("00") && item.startsWith("000")) {
            return maker.substring(0, 3) + item.substring(3) + '3';
        }
        if (maker.endsWith("0") && item.startsWith("0000")) {
            return maker.substring(0, 4) + item.charAt(4) + '4';
        }
        if (item.matches("0000[5-9]")) {
            return maker + item.charAt(4);
        }
        throw new Refusal(ZplError.BARCODE_REFUSED, "the number has too few zeros for UPC-E");
    }

    /** The eleven digits of UPC-A, over which the check digit is taken. */
    static String expanded(String short7) {
        String d = short7.substring(1);
        String long10 =
                switch (d.charAt(5)) {
                    case '0', '1', '2' -> d.substring(0, 2) + d.charAt(5) + "0000" + d.substring(2, 5);
                    case '3' -> d.substring(0, 3) + "00000" + d.substring(3, 5);
                    case '4' -> d.substring(0, 4) + "00000" + d.charAt(4);
                    default -> d.substring(0, 5) + "0000" + d.charAt(5);
                };
        return short7.charAt(0) + long10;
    }
}
