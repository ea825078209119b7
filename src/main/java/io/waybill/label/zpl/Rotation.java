package io.waybill.label.zpl;

/** N upright, R 90° clockwise, I upside down, B bottom up. The numbers turn a local point into a page direction. */
enum Rotation {
    N(1, 0, 0, 1),
    R(0, 1, -1, 0),
    I(-1, 0, 0, -1),
    B(0, -1, 1, 0);

    final int a;
    final int b;
    final int c;
    final int d;

    Rotation(int a, int b, int c, int d) {
        this.a = a;
        this.b = b;
        this.c = c;
        this.d = d;
    }

    static Rotation of(char letter, Rotation otherwise) {
        return switch (letter) {
            case 'N' -> N;
            case 'R' -> R;
            case 'I' -> I;
            case 'B' -> B;
            default -> otherwise;
        };
    }
}
