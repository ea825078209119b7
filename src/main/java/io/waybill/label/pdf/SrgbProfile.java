package io.waybill.label.pdf;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The sRGB colour profile that PDF/A asks for, made from the numbers of IEC 61966-2-1 (ICC version 2.1, D50 adapted). Made
 * here, because the JDK's own differs from one JDK to the next and the PDFs must not.
 */
public final class SrgbProfile {
    private static final int CURVE_POINTS = 256;
    private static final int HEADER = 128;
    private static final byte[] BYTES = make();

    private SrgbProfile() {}

    public static byte[] bytes() {
        return BYTES.clone();
    }

    private static byte[] make() {
        String[] names = {"desc", "cprt", "wtpt", "rXYZ", "gXYZ", "bXYZ", "rTRC", "gTRC", "bTRC"};
        byte[][] tags = {
            description("sRGB"),
            text("No rights reserved"),
            xyz(0.9642, 1.0, 0.8249),
            xyz(0.43607, 0.22249, 0.01392),
            xyz(0.38515, 0.71687, 0.09708),
            xyz(0.14307, 0.06061, 0.71410),
            curve()
        };
        int[] shared = {0, 1, 2, 3, 4, 5, 6, 6, 6};
        int[] offsets = new int[tags.length];
        int at = HEADER + 4 + 12 * names.length;
        for (int i = 0; i < tags.length; i++) {
            offsets[i] = at;
            at += tags[i].length;
        }
        int size = at;
        return bytes(out -> {
            header(out, size);
            out.writeInt(names.length);
            for (int i = 0; i < names.length; i++) {
                out.writeBytes(names[i]);
                out.writeInt(offsets[shared[i]]);
                out.writeInt(tags[shared[i]].length);
            }
            for (byte[] tag : tags) {
                out.write(tag);
            }
        });
    }

    private static void header(DataOutputStream out, int size) throws IOException {
        out.writeInt(size);
        out.writeInt(0);
        out.writeInt(0x02100000);
        out.writeBytes("mntrRGB XYZ ");
        for (int part : new int[] {2026, 1, 1, 0, 0, 0}) {
            out.writeShort(part);
        }
        out.writeBytes("acsp");
        out.write(new byte[28]);
        out.write(xyz(0.9642, 1.0, 0.8249), 8, 12);
        out.write(new byte[48]);
    }

    private static byte[] description(String text) {
        return bytes(out -> {
            out.writeBytes("desc");
            out.writeInt(0);
            out.writeInt(text.length() + 1);
            out.writeBytes(text);
            out.write(new byte[1 + 8 + 2 + 1 + 67]);
        });
    }

    private static byte[] text(String text) {
        return bytes(out -> {
            out.writeBytes("text");
            out.writeInt(0);
            out.write(text.getBytes(StandardCharsets.US_ASCII));
            out.write(0);
        });
    }

    private static byte[] xyz(double... values) {
        return bytes(out -> {
            out.writeBytes("XYZ ");
            out.writeInt(0);
            for (double value : values) {
                out.writeInt((int) Math.round(value * 65536));
            }
        });
    }

    private static byte[] curve() {
        return bytes(out -> {
            out.writeBytes("curv");
            out.writeInt(0);
            out.writeInt(CURVE_POINTS);
            for (int i = 0; i < CURVE_POINTS; i++) {
                out.writeShort((int) Math.round(65535 * linear(i / (CURVE_POINTS - 1.0))));
            }
        });
    }

    private static double linear(double encoded) {
        return encoded <= 0.04045 ? encoded / 12.92 : StrictMath.pow((encoded + 0.055) / 1.055, 2.4);
    }

    private interface Writing {
        void to(DataOutputStream out) throws IOException;
    }

    /** What was written, padded to a multiple of four as ICC wants its tags. */
    private static byte[] bytes(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            writing.to(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Arrays.copyOf(bytes.toByteArray(), (bytes.size() + 3) / 4 * 4);
    }
}
