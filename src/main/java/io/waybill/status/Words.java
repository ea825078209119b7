package io.waybill.status;

import java.util.Locale;
import java.util.regex.Pattern;

/** How words of different systems are compared. */
final class Words {
    private static final Pattern HUMP = Pattern.compile("(?<=\\p{Ll})(?=\\p{Lu})");
    private static final Pattern OTHER = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final Pattern SPACES = Pattern.compile("[\\s\\u00a0]+");

    private Words() {}

    /** The same but for case and spaces. */
    static boolean same(String one, String other) {
        return folded(one).equals(folded(other));
    }

    private static String folded(String word) {
        return SPACES.matcher(word).replaceAll(" ").strip().toLowerCase(Locale.ROOT);
    }

    /** Lower case, one space between words, spellings of one word made one: {@code wc-On_Hold} is {@code on hold}. */
    static String normalised(String word) {
        String text = HUMP.matcher(word.strip()).replaceAll(" ").toLowerCase(Locale.ROOT);
        text = text.startsWith("wc-") ? text.substring(3) : text;
        text = OTHER.matcher(text).replaceAll(" ").strip();
        return (" " + text + " ")
                .replace(" canceled ", " cancelled ")
                .replace(" holded ", " on hold ")
                .replace(" onhold ", " on hold ")
                .replace("fulfillment ", "fulfilment ")
                .replace(" fullfilled ", " fulfilled ")
                .replace(" authorised ", " authorized ")
                .strip();
    }
}
