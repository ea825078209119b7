package io.waybill.label;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;

/** Builds what nobody should send. Small on the wire, large or endless inside. */
final class Hostile {
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

    private Hostile() {}

    interface Writing {
        void to(DataOutputStream out) throws IOException;
    }

    static byte[] bytes(Writing writing) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            writing.to(new DataOutputStream(out));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static byte[] half(byte[] whole) {
        return Arrays.copyOf(whole, whole.length / 2);
    }

    static byte[] gzip(byte[] data) {
        return bytes(out -> {
            try (OutputStream zip = new GZIPOutputStream(out)) {
                zip.write(data);
            }
        });
    }

    static byte[] deflated(byte[] head, long zeros) {
        return bytes(out -> {
            try (OutputStream zip = new DeflaterOutputStream(out, new Deflater(Deflater.BEST_SPEED), 1 << 16)) {
                zip.write(head);
                byte[] block = new byte[1 << 16];
                Arrays.fill(block, (byte) ' ');
                for (long i = 0; i < zeros; i += block.length) {
                    zip.write(block);
                }
            }
        });
    }

    static byte[] png(int width, int height, byte[]... chunks) {
        return bytes(out -> {
            out.write(PNG);
            out.write(chunk(
                    "IHDR",
                    ByteBuffer.allocate(13)
                            .putInt(width)
                            .putInt(height)
                            .put(new byte[] {8, 2, 0, 0, 0})
                            .array()));
            for (byte[] chunk : chunks) {
                out.write(chunk);
            }
            out.write(chunk("IDAT", deflated(new byte[0], 0)));
            out.write(chunk("IEND", new byte[0]));
        });
    }

    static byte[] chunk(String type, byte[] data) {
        CRC32 crc = new CRC32();
        crc.update(ascii(type));
        crc.update(data);
        return bytes(out -> {
            out.writeInt(data.length);
            out.writeBytes(type);
            out.write(data);
            out.writeInt((int) crc.getValue());
        });
    }

    /** A real PNG with one more chunk right after its header. */
    static byte[] withChunk(byte[] png, byte[] chunk) {
        int header = 8 + 25;
        return bytes(out -> {
            out.write(png, 0, header);
            out.write(chunk);
            out.write(png, header, png.length - header);
        });
    }

    static byte[] textChunk(long inflated) {
        return chunk("zTXt", bytes(out -> {
            out.writeBytes("Comment\0\0");
            out.write(deflated(new byte[0], inflated));
        }));
    }

    static byte[] gifHeader(int width, int height) {
        return bytes(out -> {
            out.writeBytes("GIF89a");
            out.writeShort(Integer.reverseBytes(width) >>> 16);
            out.writeShort(Integer.reverseBytes(height) >>> 16);
            out.write(new byte[] {0, 0, 0, 0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 1, 0, 0, 0x3B});
        });
    }

    static byte[] jpegHeader(int width, int height) {
        return bytes(out -> {
            out.writeInt(0xFFD8FFC0);
            out.writeShort(11);
            out.writeByte(8);
            out.writeShort(height);
            out.writeShort(width);
            out.write(new byte[] {1, 1, 0x11, 0});
            out.writeShort(0xFFD9);
        });
    }

    static byte[] tiffLoop() {
        return bytes(out -> {
            out.writeBytes("MM\0*");
            out.writeInt(8);
            out.writeShort(2);
            out.write(new byte[] {1, 0, 0, 3, 0, 0, 0, 1, 0, 9, 0, 0});
            out.write(new byte[] {1, 1, 0, 3, 0, 0, 0, 1, 0, 9, 0, 0});
            out.writeInt(8);
        });
    }

    static byte[] blankPdf(int pages) throws IOException {
        try (PDDocument document = new PDDocument()) {
            for (int i = 0; i < pages; i++) {
                document.addPage(new PDPage());
            }
            return Samples.saved(document);
        }
    }

    static byte[] lockedPdf() throws IOException {
        try (PDDocument document = new PDDocument()) {
            document.addPage(new PDPage());
            document.protect(new StandardProtectionPolicy("owner", "user", new AccessPermission()));
            return Samples.saved(document);
        }
    }

    /** A hand-written PDF: each object's body, numbered from 1; object 1 is the catalogue. */
    static byte[] pdf(byte[]... objects) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ascii("%PDF-1.5\n"));
        int[] offsets = new int[objects.length];
        for (int i = 0; i < objects.length; i++) {
            offsets[i] = out.size();
            out.writeBytes(ascii((i + 1) + " 0 obj\n"));
            out.writeBytes(objects[i]);
            out.writeBytes(ascii("\nendobj\n"));
        }
        int xref = out.size();
        StringBuilder table = new StringBuilder("xref\n0 " + (objects.length + 1) + "\n0000000000 65535 f \n");
        for (int offset : offsets) {
            table.append("%010d 00000 n \n".formatted(offset));
        }
        table.append("trailer\n<</Size " + (objects.length + 1) + "/Root 1 0 R>>\nstartxref\n" + xref + "\n%%EOF\n");
        out.writeBytes(ascii(table.toString()));
        return out.toByteArray();
    }

    static byte[] stream(String dictionary, byte[] data) {
        return bytes(out -> {
            out.writeBytes("<<" + dictionary + "/Length " + data.length + ">>\nstream\n");
            out.write(data);
            out.writeBytes("\nendstream");
        });
    }

    /** A page whose content is the given stream object, three times over. */
    static byte[] pdfWithContent(byte[] content, byte[]... more) {
        byte[][] objects = new byte[4 + more.length][];
        objects[0] = ascii("<</Type/Catalog/Pages 2 0 R>>");
        objects[1] = ascii("<</Type/Pages/Kids[3 0 R]/Count 1>>");
        objects[2] = ascii("<</Type/Page/Parent 2 0 R/MediaBox[0 0 288 432]/Contents 4 0 R>>");
        objects[3] = content;
        System.arraycopy(more, 0, objects, 4, more.length);
        return pdf(objects);
    }

    static byte[] pageTreeLoop() {
        return pdf(
                ascii("<</Type/Catalog/Pages 2 0 R>>"),
                ascii("<</Type/Pages/Kids[3 0 R]/Count 1>>"),
                ascii("<</Type/Pages/Parent 2 0 R/Kids[2 0 R]/Count 1>>"));
    }

    static byte[] deepPdf(int depth) {
        return pdf(
                ascii("<</Type/Catalog/Pages 2 0 R/Deep 3 0 R>>"),
                ascii("<</Type/Pages/Kids[4 0 R]/Count 1>>"),
                ascii("[".repeat(depth) + "]".repeat(depth)),
                ascii("<</Type/Page/Parent 2 0 R/MediaBox[0 0 288 432]/Contents 5 0 R>>"),
                stream("", ascii("10 10 50 50 re f")));
    }

    static byte[] manyContents(int times) {
        return pdf(
                ascii("<</Type/Catalog/Pages 2 0 R>>"),
                ascii("<</Type/Pages/Kids[3 0 R]/Count 1>>"),
                ascii("<</Type/Page/Parent 2 0 R/MediaBox[0 0 288 432]/Contents[" + "4 0 R ".repeat(times) + "]>>"),
                stream("/Filter/FlateDecode", deflated(new byte[0], 10 << 20)));
    }

    /** Run lengths within Flate: 6 MiB of pairs, each 128 spaces. */
    static byte[] runLengthBomb() {
        byte[] pairs = new byte[6 << 20];
        for (int i = 0; i < pairs.length; i += 2) {
            pairs[i] = (byte) 0x81;
            pairs[i + 1] = ' ';
        }
        return pdfWithContent(stream("/Filter[/FlateDecode/RunLengthDecode]", deflated(pairs, 0)));
    }

    static byte[] javaScriptPdf() {
        return pdf(
                ascii("<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>>>"),
                ascii("<</Type/Pages/Kids[3 0 R]/Count 1>>"),
                ascii("<</Type/Page/Parent 2 0 R/MediaBox[0 0 288 432]/Contents 4 0 R>>"),
                stream("", ascii("10 10 50 50 re f")));
    }

    static byte[] openAtPagePdf() {
        return pdf(
                ascii("<</Type/Catalog/Pages 2 0 R/OpenAction[3 0 R/FitH 400]>>"),
                ascii("<</Type/Pages/Kids[3 0 R]/Count 1>>"),
                ascii("<</Type/Page/Parent 2 0 R/MediaBox[0 0 288 432]/Contents 4 0 R>>"),
                stream("", ascii("10 10 50 50 re f")));
    }

    static byte[] html(String body) {
        return ("<html><body>" + body + "</body></html>").getBytes(StandardCharsets.UTF_8);
    }

    static byte[] nestedTables(int depth) {
        return html("<table><tr><td>".repeat(depth) + "x" + "</td></tr></table>".repeat(depth));
    }
}
