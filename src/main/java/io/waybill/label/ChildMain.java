package io.waybill.label;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.TransformerFactory;

/**
 * The child JVM: reads a label, answers with a PDF or an error, until its input ends. Started by {@link Child} alone. Whatever a
 * label makes it do ends with this process: the parent kills it when it takes too long, and it ends itself out of memory.
 */
public final class ChildMain {
    private static final byte[] WARM_UP = "<p>Waybill <b>label</b></p>".getBytes(StandardCharsets.US_ASCII);

    private ChildMain() {}

    public static void main(String[] args) throws IOException {
        DataOutputStream out =
                new DataOutputStream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16));
        // Standard output is the wire: nobody else may print there.
        System.setOut(System.err);
        ProcessHandle.current().parent().ifPresent(parent -> parent.onExit()
                .thenRun(() -> Runtime.getRuntime().halt(0)));
        useOwnXml();
        warmUp();
        out.writeByte(Wire.READY);
        out.flush();
        DataInputStream in = new DataInputStream(new BufferedInputStream(System.in, 1 << 16));
        for (int format = in.read(); format >= 0; format = in.read()) {
            answer(Wire.readContent(in, format), out);
        }
    }

    /** Else every jar of the class path is searched for another parser and writer, for every label: most of its time. */
    private static void useOwnXml() {
        System.setProperty(
                DocumentBuilderFactory.class.getName(),
                DocumentBuilderFactory.newDefaultInstance().getClass().getName());
        System.setProperty(
                TransformerFactory.class.getName(),
                TransformerFactory.newDefaultInstance().getClass().getName());
    }

    /** Loads classes and fonts before the first label waits for them. */
    private static void warmUp() {
        Conversion.of(
                new Content(LabelFormat.HTML, WARM_UP, PageSize.LABEL, Map.of(), LabelOptions.DEFAULTS, List.of()));
    }

    private static void answer(Content content, DataOutputStream out) throws IOException {
        try {
            Wire.write(out, Conversion.of(content));
        } catch (LabelException e) {
            Wire.write(out, e);
        } catch (StackOverflowError e) {
            Wire.write(out, new LabelException(LabelError.TOO_COMPLEX, "The label is nested too deeply"));
        } catch (RuntimeException e) {
            Wire.write(
                    out,
                    new LabelException(
                            LabelError.CORRUPT_LABEL,
                            "The " + content.format() + " cannot be converted ("
                                    + e.getClass().getSimpleName() + ")"));
        }
    }
}
