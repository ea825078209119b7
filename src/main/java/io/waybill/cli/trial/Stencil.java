package io.waybill.cli.trial;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;

/** One prepared order in which only its number changes, so that the load generator costs next to nothing. */
final class Stencil {
    private static final String PREFIX = "B-";
    private static final int DIGITS = 9;
    private static final byte[] MARK = (PREFIX + "0".repeat(DIGITS)).getBytes(ISO_8859_1);

    private final byte[] template = Specimen.order(new String(MARK, ISO_8859_1), 1);
    private final List<Integer> places = places(template);

    private static List<Integer> places(byte[] template) {
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i + MARK.length <= template.length; i++) {
            if (startsAt(template, i, MARK.length)) {
                places.add(i);
            }
        }
        return places;
    }

    private static boolean startsAt(byte[] text, int at, int length) {
        for (int j = 0; j < length; j++) {
            if (text[at + j] != MARK[j]) {
                return false;
            }
        }
        return true;
    }

    byte[] body(int number) {
        byte[] digits = digits(number);
        byte[] body = template.clone();
        places.forEach(place -> System.arraycopy(digits, 0, body, place + PREFIX.length(), DIGITS));
        return body;
    }

    String id(int number) {
        return PREFIX + new String(digits(number), ISO_8859_1);
    }

    private static byte[] digits(int number) {
        byte[] digits = new byte[DIGITS];
        for (int i = DIGITS - 1, rest = number; i >= 0; i--, rest /= 10) {
            digits[i] = (byte) ('0' + rest % 10);
        }
        return digits;
    }

    int size() {
        return template.length;
    }

    /** The number in a request that carries such an order; -1 when there is none. */
    static int numberIn(byte[] request) {
        for (int i = 1; i + MARK.length <= request.length; i++) {
            if (request[i - 1] == '"' && startsAt(request, i, PREFIX.length())) {
                return number(request, i + PREFIX.length());
            }
        }
        return -1;
    }

    private static int number(byte[] request, int at) {
        int number = 0;
        for (int i = at; i < at + DIGITS; i++) {
            number = number * 10 + request[i] - '0';
        }
        return number;
    }
}
