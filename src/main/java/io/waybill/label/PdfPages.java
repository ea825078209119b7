package io.waybill.label;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;

/** Counts a PDF's pages by hand, for a page tree may be a loop. */
final class PdfPages {
    private static final int NODES = 10_000;

    private PdfPages() {}

    static int count(PDDocument document) {
        COSBase root = document.getDocumentCatalog().getCOSObject().getDictionaryObject(COSName.PAGES);
        if (!(root instanceof COSDictionary tree)) {
            throw new LabelException(LabelError.CORRUPT_LABEL, "The PDF has no page tree");
        }
        int pages = leaves(tree).size();
        if (pages == 0) {
            throw new LabelException(LabelError.NO_PAGES, "The PDF has no pages");
        }
        if (pages > Limits.PAGES) {
            throw new LabelException(
                    LabelError.TOO_MANY_PAGES, "The PDF has " + pages + " pages; the limit is " + Limits.PAGES);
        }
        return pages;
    }

    private static List<COSDictionary> leaves(COSDictionary root) {
        List<COSDictionary> leaves = new ArrayList<>();
        Set<COSDictionary> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<COSDictionary> open = new ArrayDeque<>(List.of(root));
        while (!open.isEmpty()) {
            COSDictionary node = open.poll();
            boolean branch = node.getDictionaryObject(COSName.KIDS) instanceof COSArray;
            if (branch && !seen.add(node)) {
                throw new LabelException(LabelError.CORRUPT_LABEL, "The PDF's page tree is a loop");
            }
            if (branch) {
                queueKids(node, open);
            } else if (COSName.PAGE.equals(node.getCOSName(COSName.TYPE))) {
                leaves.add(node);
            }
            if (seen.size() + leaves.size() + open.size() > NODES) {
                throw new LabelException(
                        LabelError.TOO_MANY_PAGES, "The PDF has more than " + NODES + " page tree nodes");
            }
        }
        return leaves;
    }

    private static void queueKids(COSDictionary node, Deque<COSDictionary> open) {
        COSArray kids = (COSArray) node.getDictionaryObject(COSName.KIDS);
        for (int i = 0; i < kids.size() && i <= NODES; i++) {
            if (kids.getObject(i) instanceof COSDictionary kid) {
                open.add(kid);
            }
        }
    }
}
