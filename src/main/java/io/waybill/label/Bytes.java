package io.waybill.label;

/** Numbers out of a byte array; past its end an {@link IndexOutOfBoundsException}. */
final class Bytes {
    private final byte[] data;
    private final boolean littleEndian;

    Bytes(byte[] data, boolean littleEndian) {
        this.data = data;
        this.littleEndian = littleEndian;
    }

    int length() {
        return data.length;
    }

    int u8(int at) {
        return data[at] & 0xFF;
    }

    int u16(int at) {
        return littleEndian ? u8(at) | u8(at + 1) << 8 : u8(at) << 8 | u8(at + 1);
    }

    long u32(int at) {
        long first = u16(at);
        long second = u16(at + 2);
        return littleEndian ? first | second << 16 : first << 16 | second;
    }

    /** An offset or length: one beyond the array counts as past its end. */
    int index(int at) {
        long value = u32(at);
        if (value > data.length) {
            throw new IndexOutOfBoundsException(Long.toString(value));
        }
        return (int) value;
    }
}
