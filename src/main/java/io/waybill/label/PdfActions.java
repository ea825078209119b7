package io.waybill.label;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSObject;

/**
 * Takes out of a PDF what acts: JavaScript, Launch, URI, SubmitForm and their kin, embedded files, rich media. What only points,
 * like the harmless {@code /OpenAction [page /FitH]}, stays. Walks every object that can be reached, without recursion.
 */
final class PdfActions {
    private static final Set<String> ACTING = Set.of(
            "JavaScript",
            "Launch",
            "URI",
            "SubmitForm",
            "ImportData",
            "GoToR",
            "GoToE",
            "Rendition",
            "Movie",
            "Sound",
            "RichMediaExecute",
            "ResetForm",
            "Trans",
            "SetOCGState",
            "GoTo3DView");
    private static final Set<String> ACTING_ANNOTATIONS =
            Set.of("FileAttachment", "RichMedia", "Screen", "Movie", "Sound", "3D");
    private static final List<String> ACTION_KEYS = List.of("A", "OpenAction", "Next", "PA");
    private static final List<String> ALWAYS_ACTIVE = List.of("JavaScript", "JS", "EmbeddedFiles", "EF", "AF", "XFA");

    private final Deque<COSBase> open = new ArrayDeque<>();
    private final Set<COSBase> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<String> removed = new TreeSet<>();

    private PdfActions() {}

    /** The names of what was taken out, empty where the PDF was harmless. */
    static Set<String> strip(COSDictionary trailer) {
        PdfActions actions = new PdfActions();
        actions.open.add(trailer);
        while (!actions.open.isEmpty()) {
            actions.visit(actions.open.poll());
        }
        return actions.removed;
    }

    private void visit(COSBase base) {
        COSBase value = base instanceof COSObject object ? object.getObject() : base;
        if (!(value instanceof COSArray || value instanceof COSDictionary) || !seen.add(value)) {
            return;
        }
        if (seen.size() > Limits.PDF_OBJECTS) {
            throw new LabelException(
                    LabelError.TOO_COMPLEX, "The PDF has more than " + Limits.PDF_OBJECTS + " objects");
        }
        if (value instanceof COSDictionary dictionary) {
            mend(dictionary);
            dictionary.getValues().forEach(this::queue);
        } else if (value instanceof COSArray array) {
            array.forEach(this::queue);
        }
    }

    private void queue(COSBase value) {
        if (value instanceof COSObject || value instanceof COSArray || value instanceof COSDictionary) {
            open.add(value);
        }
    }

    private void mend(COSDictionary dictionary) {
        ALWAYS_ACTIVE.forEach(key -> removeIf(dictionary, key, isStructure(dictionary, key)));
        ACTION_KEYS.forEach(key -> removeIf(dictionary, key, acts(dictionary.getDictionaryObject(key))));
        if (dictionary.getDictionaryObject("AA") instanceof COSDictionary triggers) {
            boolean acting =
                    triggers.getValues().stream().anyMatch(v -> acts(v instanceof COSObject o ? o.getObject() : v));
            removeIf(dictionary, "AA", acting);
        }
        if (dictionary.getDictionaryObject("Annots") instanceof COSArray annotations) {
            removeActing(annotations);
        }
    }

    /** A stray word of that name, say in an image's parameters, is left alone. */
    private static boolean isStructure(COSDictionary dictionary, String key) {
        COSBase value = dictionary.getDictionaryObject(key);
        return value != null && !(value instanceof COSName);
    }

    private void removeIf(COSDictionary dictionary, String key, boolean acting) {
        if (acting) {
            dictionary.removeItem(COSName.getPDFName(key));
            removed.add(key);
        }
    }

    private static boolean acts(COSBase value) {
        if (value instanceof COSArray array) {
            for (int i = 0; i < array.size(); i++) {
                if (array.getObject(i) instanceof COSDictionary action && acts(action)) {
                    return true;
                }
            }
            return false;
        }
        return value instanceof COSDictionary action
                && (ACTING.contains(String.valueOf(action.getNameAsString(COSName.S)))
                        || action.containsKey(COSName.JS));
    }

    private void removeActing(COSArray annotations) {
        for (int i = annotations.size() - 1; i >= 0; i--) {
            if (annotations.getObject(i) instanceof COSDictionary annotation
                    && ACTING_ANNOTATIONS.contains(String.valueOf(annotation.getNameAsString(COSName.SUBTYPE)))) {
                annotations.remove(i);
                removed.add("annotation");
            }
        }
    }
}
