package io.waybill.label.zpl;

import java.util.Arrays;

/**
 * ASCII graphics: hex digits, G to Y repeat the next digit 1 to 19 times, g to z 20 to 400 times, a comma fills the row with
 * white, an exclamation mark with black, a colon repeats the row above.
 */
final class HexRows {
    private final Command command;
    private final byte[] out;
    private final int rowNibbles;
    private int at;
    private int repeat;

    HexRows(Command command, int size, int bytesPerRow) {
        this.command = command;
        this.out = new byte[size];
        this.rowNibbles = bytesPerRow * 2;
    }

    byte[] read(String text) {
        for (int i = 0; i < text.length() && at < out.length * 2; i++) {
            read(text.charAt(i));
        }
        return at == 0 ? new byte[0] : out;
    }

    private void read(char c) {
        int digit = Character.digit(c, 16);
        if (digit >= 0 && c < 0x80) {
            put(digit, Math.max(1, repeat));
            repeat = 0;
        } else if (c >= 'G' && c <= 'Y') {
            repeat += c - 'F';
        } else if (c >= 'g' && c <= 'z') {
            repeat += (c - 'f') * 20;
        } else {
            mark(c);
        }
    }

    private void mark(char c) {
        switch (c) {
            case ',' -> put(0, rowNibbles - at % rowNibbles);
            case '!' -> put(15, rowNibbles - at % rowNibbles);
            case ':' -> repeatRow();
            case ' ', '\t' -> {}
            default ->
                throw new ZplException(
                        ZplError.MALFORMED, command.where() + " holds a character that is no graphic data.");
        }
    }

    private void put(int nibble, int times) {
        int end = Math.min(out.length * 2, at + times);
        for (; at < end; at++) {
            out[at / 2] |= (byte) (at % 2 == 0 ? nibble << 4 : nibble);
        }
    }

    private void repeatRow() {
        int row = at / rowNibbles * rowNibbles / 2;
        int bytes = rowNibbles / 2;
        if (row >= bytes && row + bytes <= out.length) {
            System.arraycopy(out, row - bytes, out, row, bytes);
        } else if (row == 0) {
            Arrays.fill(out, 0, Math.min(bytes, out.length), (byte) 0);
        }
        at = Math.min(out.length * 2, row * 2 + rowNibbles);
    }
}
