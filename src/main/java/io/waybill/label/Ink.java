package io.waybill.label;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSString;
import org.apache.pdfbox.pdfparser.PDFStreamParser;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.common.PDStream;
import org.apache.pdfbox.pdmodel.graphics.PDXObject;
import org.apache.pdfbox.pdmodel.graphics.form.PDFormXObject;
import org.jspecify.annotations.Nullable;

/**
 * Tells a page that draws from one that does not, by the operators of its content up to the first that puts down ink. Rendering
 * would also know white on white, at a hundred times the price.
 */
final class Ink {
    private static final Set<String> PAINT = Set.of("S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "BI");
    private static final Set<String> SHOW = Set.of("Tj", "TJ", "'", "\"");
    private static final int FORM_DEPTH = 8;
    private static final int TOKENS = 2_000_000;
    private static final long BYTES = 64L << 20;

    private int tokens;
    private long bytes;

    private Ink() {}

    static boolean on(PDPage page) throws IOException {
        Ink ink = new Ink();
        Iterator<PDStream> streams = page.getContentStreams();
        // One by one: PDFBox would hold all of a page's streams at once, and a page may name one of them 100,000 times.
        while (streams.hasNext()) {
            if (ink.in(streams.next(), page.getResources(), 0)) {
                return true;
            }
        }
        return page.getAnnotations().stream().anyMatch(a -> a.getNormalAppearanceStream() != null);
    }

    private boolean in(PDStream stream, @Nullable PDResources resources, int depth) throws IOException {
        PDFStreamParser parser = new PDFStreamParser(read(stream));
        List<COSBase> operands = new ArrayList<>();
        for (Object token = parser.parseNextToken(); token != null; token = parser.parseNextToken()) {
            if (++tokens > TOKENS) {
                throw tooMuch();
            }
            if (token instanceof Operator operator) {
                if (draws(operator.getName(), operands, resources, depth)) {
                    return true;
                }
                operands.clear();
            } else if (token instanceof COSBase operand) {
                operands.add(operand);
            }
        }
        return false;
    }

    private byte[] read(PDStream stream) throws IOException {
        try (InputStream in = stream.createInputStream()) {
            byte[] content = in.readAllBytes();
            bytes += content.length;
            if (bytes > BYTES) {
                throw tooMuch();
            }
            return content;
        }
    }

    private static LabelException tooMuch() {
        return new LabelException(LabelError.TOO_COMPLEX, "The PDF's pages hold too many drawing steps");
    }

    private boolean draws(String name, List<COSBase> operands, @Nullable PDResources resources, int depth)
            throws IOException {
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

    private boolean draws(COSName name, @Nullable PDResources resources, int depth) throws IOException {
        PDXObject object = resources == null ? null : resources.getXObject(name);
        if (object instanceof PDFormXObject form) {
            return depth < FORM_DEPTH && in(form.getContentStream(), form.getResources(), depth + 1);
        }
        return object != null;
    }

    private static boolean hasText(COSBase operand) {
        if (operand instanceof COSString text) {
            return text.getBytes().length > 0;
        }
        return operand instanceof COSArray parts && parts.toList().stream().anyMatch(Ink::hasText);
    }
}
