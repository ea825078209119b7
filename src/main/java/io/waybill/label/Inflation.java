package io.waybill.label;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/** Decompression that stops at a budget instead of at the end of memory. */
final class Inflation {
    private Inflation() {}

    static byte[] gunzip(byte[] data) {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(data), 8192)) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] buffer = new byte[8192];
            for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
                out.write(buffer, 0, n);
                if (out.size() > Limits.LABEL_BYTES) {
                    throw tooMuch("The gzip layer", Limits.LABEL_BYTES);
                }
            }
            return out.toByteArray();
        } catch (EOFException e) {
            throw new LabelException(LabelError.TRUNCATED_LABEL, "The gzip layer ends before its data does", e);
        } catch (ZipException e) {
            throw new LabelException(LabelError.CORRUPT_LABEL, "The gzip layer is damaged", e);
        } catch (IOException e) {
            throw new LabelException(LabelError.CORRUPT_LABEL, "The gzip layer cannot be read", e);
        }
    }

    static LabelException tooMuch(String what, long limit) {
        return new LabelException(
                LabelError.INFLATES_TOO_MUCH, what + " inflates to more than " + (limit >> 20) + " MiB");
    }

    /** How many bytes a zlib stream makes, up to the limit (then limit + 1); -1 where none starts. The inflater is left for its position. */
    static long measure(Inflater inflater, byte[] data, int from, int to, long limit, byte[] scratch) {
        inflater.reset();
        inflater.setInput(data, from, to - from);
        long made = 0;
        try {
            while (!inflater.finished() && made <= limit) {
                int n = inflater.inflate(scratch);
                if (n == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
                    break;
                }
                made += n;
            }
        } catch (java.util.zip.DataFormatException e) {
            return made == 0 ? -1 : made;
        }
        return made;
    }
}
