package io.waybill.label;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes out of a style what a label's style has no business with: imports, fonts from elsewhere, outside addresses, and the page
 * size, which is read first. The renderer's own rules refuse outside addresses too; this only makes it known.
 */
final class Css {
    private static final Pattern COMMENT = Pattern.compile("/\\*.*?(\\*/|$)", Pattern.DOTALL);
    private static final Pattern MARKUP_COMMENT = Pattern.compile("<!--|-->");
    private static final Pattern IMPORT = Pattern.compile("@import[^;]{0,2000}(;|$)", Pattern.CASE_INSENSITIVE);
    private static final Pattern FONT_FACE = Pattern.compile("@font-face\\s*\\{[^}]*}", Pattern.CASE_INSENSITIVE);
    private static final Pattern PAGE = Pattern.compile("@page[^{]{0,100}\\{[^}]*}", Pattern.CASE_INSENSITIVE);
    private static final Pattern SIZE =
            Pattern.compile("(?<![-\\w])size\\s*:\\s*([^;}]{0,80})", Pattern.CASE_INSENSITIVE);
    private static final Pattern URL =
            Pattern.compile("url\\(\\s*(['\"]?)(.*?)\\1\\s*\\)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private final HtmlPictures pictures;
    private final List<String> warnings = new ArrayList<>();
    private @Nullable PageSize pageSize;

    Css(HtmlPictures pictures) {
        this.pictures = pictures;
    }

    List<String> warnings() {
        return warnings;
    }

    @Nullable
    PageSize pageSize() {
        return pageSize;
    }

    String clean(String style) {
        String css =
                MARKUP_COMMENT.matcher(COMMENT.matcher(style).replaceAll("")).replaceAll("");
        css = without(css, IMPORT, "A style import was left out: nothing is fetched");
        css = without(css, FONT_FACE, "A font from elsewhere was left out; the built-in fonts stand in");
        css = PAGE.matcher(css).replaceAll(page -> Matcher.quoteReplacement(withoutSize(page.group())));
        return URL.matcher(css).replaceAll(this::address);
    }

    private String without(String css, Pattern what, String warning) {
        Matcher m = what.matcher(css);
        if (!m.find()) {
            return css;
        }
        warnings.add(warning);
        return m.replaceAll("");
    }

    private String withoutSize(String page) {
        Matcher m = SIZE.matcher(page);
        if (m.find()) {
            read(m.group(1).strip());
        }
        return SIZE.matcher(page).replaceAll("");
    }

    private void read(String size) {
        String word = size.replace("!important", "").strip();
        if (!word.isEmpty() && !word.equals("auto") && !word.equals("portrait") && !word.equals("landscape")) {
            pageSize = PageSize.parse(word.replaceAll("(?<=[a-z\\d])\\s+(?=\\d)", "x"));
        }
    }

    private String address(MatchResult url) {
        Optional<String> address = pictures.address(url.group(2));
        if (address.isEmpty()) {
            warnings.add("A background picture did not come with the label and was left out");
        }
        return Matcher.quoteReplacement(address.map(a -> "url('" + a + "')").orElse("none"));
    }
}
