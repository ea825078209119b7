package io.waybill.label;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.pdfbox.contentstream.PDContentStream;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSString;
import org.apache.pdfbox.pdfparser.PDFStreamParser;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.graphics.PDXObject;
import org.apache.pdfbox.pdmodel.graphics.form.PDFormXObject;

/**
 * Tells a page that draws from one that does not, by the operators of its content up to the first that puts down ink. Rendering
 * would also know white on white, at a hundred times the price.
 */
final class Ink {
    private static final Set<String> PAINT = Set.of("S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "BI");
    private static final Set<String> SHOW = Set.of("Tj", "TJ", "'", "\"");
    private static final int FORM_DEPTH = 8;
    private static final int TOKENS = 2_000_000;

    private int tokens;

    private Ink() {}

    static boolean on(PDPage page) throws IOException {
        Ink ink = new Ink();
        return ink.in(page, 0) || annotated(page);
    }

    private static boolean annotated(PDPage page) throws IOException {
        return page.getAnnotations().stream().anyMatch(a -> a.getNormalAppearanceStream() != null);
    }

    private boolean in(PDContentStream content, int depth) throws IOException {
        try (InputStream stream = content.getContents()) {
            if (stream == null) {
                return false;
            }
        }
        PDFStreamParser parser = new PDFStreamParser(content);
        List<COSBase> operands = new ArrayList<>();
        for (Object token = parser.parseNextToken(); token != null; token = parser.parseNextToken()) {
            if (++tokens > TOKENS) {
                throw new LabelException(LabelError.TOO_COMPLEX, "The PDF's pages hold too many drawing steps");
            }
            if (token instanceof Operator operator) {
                if (draws(operator.getName(), operands, content.getResources(), depth)) {
                    return true;
                }
                operands.clear();
            } else if (token instanceof COSBase operand) {
                operands.add(operand);
            }
        }
        return false;
    }

    private boolean draws(String name, List<COSBase> operands, PDResources resources, int depth) throws IOException {
        if (PAINT.contains(name)) {
            return true;
        }
        if (SHOW.contains(name)) {
            return operands.stream().anyMatch(Ink::hasText);
        }
        return "Do".equals(name)
                && !operands.isEmpty()
                && operands.get(0) instanceof COSName object
                && draws(object, resources, depth);
    }

    private boolean draws(COSName name, PDResources resources, int depth) throws IOException {
        PDXObject object = resources == null ? null : resources.getXObject(name);
        if (object instanceof PDFormXObject form) {
            return depth < FORM_DEPTH && in(form, depth + 1);
        }
        return object != null;
    }

    private static boolean hasText(COSBase operand) {
        if (operand instanceof COSString text) {
            return text.getBytes().length > 0;
        }
        return operand instanceof org.apache.pdfbox.cos.COSArray parts
                && parts.toList().stream().anyMatch(Ink::hasText);
    }
}
