package io.waybill.label;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page in points. Between 1 and 40 inches a side: nothing a label printer feeds lies outside. */
record PageSize(float width, float height) {
    static final PageSize LABEL = new PageSize(288, 432);

    private static final float MIN = 72;
    private static final float MAX = 40 * 72;
    private static final Map<String, PageSize> NAMED = Map.of(
            "A3", millimetres(297, 420),
            "A4", millimetres(210, 297),
            "A5", millimetres(148, 210),
            "A6", millimetres(105, 148),
            "A7", millimetres(74, 105),
            "LETTER", new PageSize(612, 792),
            "LEGAL", new PageSize(612, 1008));
    private static final String NUMBER = "(\\d{1,6}(?:\\.\\d{1,4})?)";
    private static final String UNIT = "(IN|INCH|INCHES|\"|MM|CM|PT)?";
    private static final Pattern MEASURED = Pattern.compile(NUMBER + UNIT + "[X×*]" + NUMBER + UNIT);

    PageSize {
        if (!(width >= MIN && width <= MAX && height >= MIN && height <= MAX)) {
            throw new LabelException(
                    LabelError.BAD_PAGE_SIZE,
                    "A page of %.0f by %.0f pt cannot be printed: each side must be between 1 and 40 in"
                            .formatted(width, height));
        }
    }

    /** Reads {@code 4x6in}, {@code 4 x 6}, {@code 100x150mm}, {@code A6}, {@code LETTER landscape}. Without a unit, up to 24 is inches. */
    static PageSize parse(String text) {
        String word = text.toUpperCase(Locale.ROOT).replaceAll("LABEL[_-]?|[\\s_]+|-(?=[A-Z])", "");
        boolean landscape = word.endsWith("LANDSCAPE");
        PageSize size = upright(word.replaceAll("(LANDSCAPE|PORTRAIT)$", ""), text);
        return landscape && size.width < size.height ? size.turned() : size;
    }

    PageSize turned() {
        return new PageSize(height, width);
    }

    boolean isLandscape() {
        return width > height;
    }

    private static PageSize upright(String word, String text) {
        PageSize named = NAMED.get(word);
        if (named != null) {
            return named;
        }
        Matcher m = MEASURED.matcher(word);
        if (!m.matches()) {
            throw new LabelException(
                    LabelError.BAD_PAGE_SIZE,
                    "Unknown label size '" + abbreviated(text) + "': write it as 4x6in, 100x150mm, A6 or LETTER");
        }
        return measured(m);
    }

    private static PageSize measured(Matcher m) {
        double w = Double.parseDouble(m.group(1));
        double h = Double.parseDouble(m.group(3));
        String unit = m.group(4) != null ? m.group(4) : m.group(2);
        if (unit == null) {
            unit = Math.max(w, h) <= 24 ? "IN" : "MM";
        }
        double points = points(unit);
        double first = m.group(2) == null ? points : points(m.group(2));
        return new PageSize((float) (w * first), (float) (h * points));
    }

    private static double points(String unit) {
        return switch (unit) {
            case "MM" -> 72 / 25.4;
            case "CM" -> 720 / 25.4;
            case "PT" -> 1;
            default -> 72;
        };
    }

    private static PageSize millimetres(double w, double h) {
        return new PageSize((float) (w * 72 / 25.4), (float) (h * 72 / 25.4));
    }

    private static String abbreviated(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }
}
