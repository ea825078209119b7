package io.waybill.label;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.DataNode;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeTraversor;
import org.jsoup.select.NodeVisitor;

/**
 * Lets an HTML label through with bounded size, without anything active and with every picture replaced by the bytes that came
 * with it. A picture that did not come is an error: without it a carrier's page renders blank and looks like a success.
 */
final class HtmlGate {
    private static final String DROPPED =
            "script, noscript, iframe, frame, frameset, object, embed, applet, base, meta, link, template, bookmarks, audio, video";
    private static final String DRAWN_BY_OTHERS = "svg, canvas, math";
    private static final String FIELDS = "input:not([type=image]), select, textarea, button";

    private final HtmlPictures pictures;
    private final Css css;
    private final Set<String> warnings = new LinkedHashSet<>();

    private HtmlGate(Map<String, byte[]> resources) {
        this.pictures = new HtmlPictures(resources);
        this.css = new Css(pictures);
    }

    static HtmlPage open(byte[] html, Map<String, byte[]> resources) {
        return new HtmlGate(resources).read(html);
    }

    private HtmlPage read(byte[] html) {
        refuseTagFlood(html);
        Document document = parse(html);
        NodeTraversor.traverse(new Measure(), document);
        removeActive(document);
        clampSpans(document);
        document.select("style").forEach(this::cleanStyle);
        document.select("[style]").forEach(e -> e.attr("style", css.clean(e.attr("style"))));
        replacePictures(document);
        warnings.addAll(css.warnings());
        return new HtmlPage(
                document, pictures.pictures(), pictures.siblingsUsed(), css.pageSize(), List.copyOf(warnings));
    }

    /** Before the parser: what it would build of 50,000 tags is already too much. */
    private static void refuseTagFlood(byte[] html) {
        int tags = 0;
        for (byte b : html) {
            if (b == '<' && ++tags > Limits.HTML_TAGS) {
                throw tooComplex("more than " + Limits.HTML_TAGS + " tags");
            }
        }
    }

    private static Document parse(byte[] html) {
        try {
            Document document = Jsoup.parse(new ByteArrayInputStream(html), null, "");
            document.outputSettings().prettyPrint(false);
            return document;
        } catch (IOException e) {
            throw new LabelException(LabelError.CORRUPT_LABEL, "The HTML's character set cannot be read", e);
        }
    }

    private void removeActive(Document document) {
        if (!document.select(DRAWN_BY_OTHERS).isEmpty()) {
            throw new LabelException(
                    LabelError.UNSUPPORTED_CONTENT,
                    "The HTML draws with svg, canvas or math, which cannot be printed faithfully; ask the carrier for PDF or GIF");
        }
        if (!document.select("script, iframe, frame, object, embed, applet, link[rel~=(?i)stylesheet]")
                .isEmpty()) {
            warnings.add("Scripts, frames or linked styles were left out: nothing runs and nothing is fetched");
        }
        document.select(DROPPED).remove();
        if (!document.select(FIELDS).isEmpty()) {
            warnings.add("Form fields were left out");
            document.select(FIELDS).remove();
        }
        document.select("form").unwrap();
        document.select("a").forEach(a -> a.removeAttr("href"));
    }

    private static void clampSpans(Document document) {
        for (String name : List.of("colspan", "rowspan", "span")) {
            document.select("[" + name + "]").forEach(e -> e.attr(name, clamped(e.attr(name))));
        }
    }

    private static String clamped(String span) {
        try {
            return Integer.toString(Math.max(1, Math.min(Limits.HTML_SPAN, Integer.parseInt(span.strip()))));
        } catch (NumberFormatException e) {
            return span.strip().matches("\\d+") ? Integer.toString(Limits.HTML_SPAN) : "1";
        }
    }

    private void cleanStyle(Element style) {
        String text = style.data();
        if (text.length() > Limits.HTML_STYLE) {
            throw tooComplex("a style of " + text.length() + " characters");
        }
        String clean = css.clean(text);
        style.empty();
        if (clean.isBlank()) {
            // The renderer stumbles over an empty one.
            style.remove();
        } else {
            style.appendChild(new DataNode(clean));
        }
    }

    private void replacePictures(Document document) {
        document.select("[srcset]").forEach(e -> e.removeAttr("srcset"));
        document.select("img, input[type=image]").forEach(this::replacePicture);
        document.select("input[type=image]").forEach(e -> e.tagName("img").removeAttr("type"));
        for (Element e : document.select("[background]")) {
            String picture = pictures.address(e.attr("background")).orElse("");
            if (picture.isEmpty()) {
                e.removeAttr("background");
                warnings.add("A background picture did not come with the label and was left out");
            } else {
                e.attr("background", picture);
            }
        }
    }

    private void replacePicture(Element image) {
        String reference = image.attr("src");
        String address = pictures.address(reference).orElseThrow(() -> missing(reference));
        image.attr("src", address);
    }

    private static LabelException missing(String reference) {
        boolean outside = reference.matches("(?i)\\s*(https?|ftp|file|//).*");
        String hint = outside ? "it lies outside and nothing is fetched" : "send it among the label's resources";
        return new LabelException(
                LabelError.MISSING_IMAGE,
                "A picture of the HTML did not come with it (file name of "
                        + HtmlPictures.fileName(reference).length() + " letters): " + hint);
    }

    private static LabelException tooComplex(String what) {
        return new LabelException(LabelError.TOO_COMPLEX, "The HTML has " + what);
    }

    /** Counts and depths in one walk, which jsoup does without recursion. */
    private static final class Measure implements NodeVisitor {
        private int elements;
        private int tables;
        private int text;

        @Override
        public void head(Node node, int depth) {
            if (depth > Limits.HTML_DEPTH) {
                throw tooComplex("elements more than " + Limits.HTML_DEPTH + " deep");
            }
            if (node instanceof TextNode words) {
                count(words);
            } else if (node instanceof Element element) {
                count(element);
            }
        }

        private void count(TextNode words) {
            text += words.getWholeText().strip().length();
            if (text > Limits.HTML_TEXT) {
                throw new LabelException(
                        LabelError.TOO_MUCH_TEXT, "The HTML has more than " + Limits.HTML_TEXT + " characters of text");
            }
        }

        private void count(Element element) {
            if (++elements > Limits.HTML_ELEMENTS) {
                throw tooComplex("more than " + Limits.HTML_ELEMENTS + " elements");
            }
            if (element.nameIs("table") && ++tables > Limits.HTML_TABLE_DEPTH) {
                throw tooComplex("tables nested more than " + Limits.HTML_TABLE_DEPTH + " deep");
            }
        }

        @Override
        public void tail(Node node, int depth) {
            if (node instanceof Element element && element.nameIs("table")) {
                tables--;
            }
        }
    }
}
