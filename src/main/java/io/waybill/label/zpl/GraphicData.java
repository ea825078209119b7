package io.waybill.label.zpl;

import java.util.Arrays;
import java.util.Base64;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The data of ^GF, ~DG and ~DY as dots: hex with its repeat letters, raw bytes, {@code :B64:} and {@code :Z64:}.
 * Inflates to the announced size and no further.
 */
final class GraphicData {
    private final Command command;
    private final int size;
    private final int bytesPerRow;

    GraphicData(Command command, int size, int bytesPerRow, Limits limits) {
        if (bytesPerRow < 1 || size < 1) {
            throw new ZplException(ZplError.MALFORMED, command.where() + " says no size.");
        }
        limits.dots(size * 8L);
        this.command = command;
        this.bytesPerRow = bytesPerRow;
        this.size = (size + bytesPerRow - 1) / bytesPerRow * bytesPerRow;
    }

    Bitmap fromText(String data, Warnings warnings) {
        String text = data.strip();
        if (text.startsWith(":Z64:") || text.startsWith(":B64:")) {
            byte[] decoded = base64(text, warnings);
            return bitmap(text.charAt(1) == 'Z' ? inflate(decoded) : decoded);
        }
        return bitmap(new HexRows(command, size, bytesPerRow).read(text));
    }

    Bitmap fromBytes(String data) {
        byte[] bytes = new byte[data.length()];
        for (int i = 0; i < bytes.length; i++) {
            if (data.charAt(i) > 0xFF) {
                throw new ZplException(
                        ZplError.MALFORMED,
                        command.where() + " holds binary data that was decoded as text. Pass the label's bytes.");
            }
            bytes[i] = (byte) data.charAt(i);
        }
        return bitmap(bytes);
    }

    private byte[] base64(String text, Warnings warnings) {
        int end = text.indexOf(':', 5);
        String body = text.substring(5, end < 0 ? text.length() : end);
        byte[] ascii = body.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        if (end > 0 && !text.substring(end + 1).strip().equalsIgnoreCase(crc(ascii))) {
            warnings.add(command, "the checksum of its data does not match");
        }
        try {
            return Base64.getMimeDecoder().decode(ascii);
        } catch (IllegalArgumentException broken) {
            throw new ZplException(ZplError.TRUNCATED, command.where() + " holds broken Base64.", broken);
        }
    }

    /** CRC-16/XMODEM over the Base64 text, as ZPL asks. */
    private static String crc(byte[] data) {
        int crc = 0;
        for (byte b : data) {
            crc ^= (b & 0xFF) << 8;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 0x8000) != 0 ? crc << 1 ^ 0x1021 : crc << 1;
            }
        }
        return String.format("%04X", crc & 0xFFFF);
    }

    private byte[] inflate(byte[] packed) {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(packed);
            byte[] out = new byte[size];
            int filled = 0;
            while (filled < size && !inflater.finished() && !inflater.needsInput()) {
                filled += inflater.inflate(out, filled, size - filled);
            }
            return Arrays.copyOf(out, filled);
        } catch (DataFormatException broken) {
            throw new ZplException(ZplError.MALFORMED, command.where() + " holds broken compressed data.", broken);
        } finally {
            inflater.end();
        }
    }

    /** A short graphic is filled with white: printers do so, and carriers count wrongly. An empty one is refused. */
    private Bitmap bitmap(byte[] bytes) {
        if (bytes.length == 0) {
            throw new ZplException(ZplError.TRUNCATED, command.where() + " holds no data.");
        }
        return new Bitmap(bytesPerRow, size / bytesPerRow, bytes.length == size ? bytes : Arrays.copyOf(bytes, size));
    }
}
