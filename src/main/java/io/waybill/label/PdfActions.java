package io.waybill.label;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSNull;
import org.apache.pdfbox.cos.COSObject;
import org.jspecify.annotations.Nullable;

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
    private static final Set<COSName> ACTION_KEYS = names("A", "OpenAction", "Next", "PA");
    private static final Set<COSName> ALWAYS_ACTIVE = names("JavaScript", "JS", "EmbeddedFiles", "EF", "AF", "XFA");
    private static final COSName TRIGGERS = COSName.getPDFName("AA");

    private final Deque<COSBase> open = new ArrayDeque<>();
    private final Set<COSBase> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<String> removed = new TreeSet<>();

    private PdfActions() {}

    private static Set<COSName> names(String... names) {
        return Arrays.stream(names).map(COSName::getPDFName).collect(Collectors.toUnmodifiableSet());
    }

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
        List<COSName> acting = new ArrayList<>();
        for (Map.Entry<COSName, COSBase> entry : dictionary.entrySet()) {
            if (acts(entry.getKey(), entry.getValue())) {
                acting.add(entry.getKey());
            }
        }
        for (COSName key : acting) {
            dictionary.removeItem(key);
            removed.add(key.getName());
        }
        if (dictionary.getDictionaryObject(COSName.ANNOTS) instanceof COSArray annotations) {
            removeActing(annotations);
        }
    }

    private static boolean acts(COSName key, COSBase value) {
        if (ALWAYS_ACTIVE.contains(key)) {
            return isStructure(resolved(value));
        }
        if (ACTION_KEYS.contains(key)) {
            return acts(resolved(value));
        }
        return TRIGGERS.equals(key)
                && resolved(value) instanceof COSDictionary triggers
                && triggers.getValues().stream().anyMatch(v -> acts(resolved(v)));
    }

    /** A stray word of that name, say in an image's parameters, is left alone. */
    private static boolean isStructure(@Nullable COSBase value) {
        return value != null && value != COSNull.NULL && !(value instanceof COSName);
    }

    private static @Nullable COSBase resolved(COSBase value) {
        return value instanceof COSObject object ? object.getObject() : value;
    }

    private static boolean acts(@Nullable COSBase value) {
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
