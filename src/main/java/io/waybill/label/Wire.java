package io.waybill.label;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What goes through the pipes to and from a child: lengths and bytes, no Java objects. Both ends are the same version. */
final class Wire {
    static final int READY = 0x57;
    private static final int DONE = 1;
    private static final int FAILED = 2;
    private static final int MAX_PART = 256 << 20;

    private Wire() {}

    static void write(DataOutputStream out, Content content) throws IOException {
        out.writeByte(content.format().ordinal());
        write(out, content.bytes());
        PageSize size = content.size();
        out.writeBoolean(size != null);
        if (size != null) {
            out.writeFloat(size.width());
            out.writeFloat(size.height());
        }
        out.writeBoolean(content.options().turn());
        out.writeInt(content.options().dpi());
        out.writeInt(content.resources().size());
        for (Map.Entry<String, byte[]> resource : content.resources().entrySet()) {
            out.writeUTF(resource.getKey());
            write(out, resource.getValue());
        }
        write(out, content.warnings());
        out.flush();
    }

    static Content readContent(DataInputStream in, int format) throws IOException {
        byte[] bytes = readBytes(in);
        PageSize size = in.readBoolean() ? new PageSize(in.readFloat(), in.readFloat()) : null;
        LabelOptions options = new LabelOptions(in.readBoolean(), in.readInt());
        Map<String, byte[]> resources = new TreeMap<>();
        for (int i = in.readInt(); i > 0; i--) {
            resources.put(in.readUTF(), readBytes(in));
        }
        return new Content(LabelFormat.values()[format], bytes, size, resources, options, readWarnings(in));
    }

    static void write(DataOutputStream out, LabelPdf pdf) throws IOException {
        out.writeByte(DONE);
        write(out, pdf.bytes());
        out.writeByte(pdf.detected().ordinal());
        out.writeInt(pdf.pages());
        out.writeFloat(pdf.widthPt());
        out.writeFloat(pdf.heightPt());
        write(out, pdf.warnings());
        out.flush();
    }

    static void write(DataOutputStream out, LabelException failure) throws IOException {
        out.writeByte(FAILED);
        out.writeByte(failure.error().ordinal());
        out.writeUTF(String.valueOf(failure.getMessage()));
        out.flush();
    }

    /** The child's answer: the PDF, or its failure thrown here. */
    static LabelPdf readAnswer(DataInputStream in) throws IOException {
        if (in.readByte() == FAILED) {
            LabelError error = LabelError.values()[in.readByte()];
            throw new LabelException(error, in.readUTF());
        }
        byte[] bytes = readBytes(in);
        LabelFormat format = LabelFormat.values()[in.readByte()];
        return new LabelPdf(bytes, format, in.readInt(), in.readFloat(), in.readFloat(), readWarnings(in));
    }

    private static void write(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static void write(DataOutputStream out, List<String> warnings) throws IOException {
        out.writeInt(warnings.size());
        for (String warning : warnings) {
            out.writeUTF(warning);
        }
    }

    private static byte[] readBytes(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > MAX_PART) {
            throw new IOException("A part of " + length + " bytes on the wire");
        }
        return in.readNBytes(length);
    }

    private static List<String> readWarnings(DataInputStream in) throws IOException {
        List<String> warnings = new ArrayList<>();
        for (int i = in.readInt(); i > 0; i--) {
            warnings.add(in.readUTF());
        }
        return warnings;
    }
}
