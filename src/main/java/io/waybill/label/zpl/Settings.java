package io.waybill.label.zpl;

import java.util.HashMap;
import java.util.Map;

/** What stays in force from command to command, and from label to label, until it is set again. */
final class Settings {
    private static final int LARGEST = 32_000;

    final int dpi;
    final FontTable fonts;
    final Map<Character, String> assigned = new HashMap<>();
    int width;
    int height;
    int homeX;
    int homeY;
    int top;
    int shiftLeft;
    boolean upsideDown;
    boolean mirrored;
    boolean reversed;
    Rotation rotation = Rotation.N;
    boolean rightAligned;
    CodePage page = CodePage.START;
    BarcodeDefaults bars = BarcodeDefaults.START;
    char font = 'A';
    int fontHeight;
    int fontWidth;
    Units units = Units.DOTS;
    int copies = 1;
    boolean keepFields;

    Settings(ZplOptions options) {
        dpi = options.dpi();
        fonts = new FontTable(dpi);
        width = options.widthDots();
        height = options.heightDots();
    }

    Typeset defaultFont() {
        return fonts.of(font, rotation, fontHeight, fontWidth, assigned.get(font));
    }

    /** The font itself where the printer has it, else font A. */
    char known(char letter, Command command, Warnings warnings) {
        if (assigned.containsKey(letter) || FontTable.known(letter)) {
            return letter;
        }
        warnings.add(command, "font " + letter + " is not in the printer, font A is used");
        return 'A';
    }

    Label label() {
        return new Label(width, height, upsideDown, mirrored);
    }

    void home(int x, int y) {
        homeX = x;
        homeY = y;
    }

    void width(int dots) {
        width = dots < 2 ? width : Math.min(dots, LARGEST);
    }

    void height(int dots) {
        height = dots < 2 ? height : Math.min(dots, LARGEST);
    }
}
