package io.waybill.label.zpl;

import com.google.zxing.BarcodeFormat;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One barcode of a message, alone on a large label with the settings that were in force, and what a scanner should read. */
record BarcodeField(Command command, String alone, FieldData data) {
    private static final Map<String, BarcodeFormat> FORMATS = Map.ofEntries(
            Map.entry("^BC", BarcodeFormat.CODE_128),
            Map.entry("^B3", BarcodeFormat.CODE_39),
            Map.entry("^BA", BarcodeFormat.CODE_93),
            Map.entry("^B2", BarcodeFormat.ITF),
            Map.entry("^BE", BarcodeFormat.EAN_13),
            Map.entry("^B8", BarcodeFormat.EAN_8),
            Map.entry("^BU", BarcodeFormat.UPC_A),
            Map.entry("^B9", BarcodeFormat.UPC_E),
            Map.entry("^BK", BarcodeFormat.CODABAR),
            Map.entry("^B7", BarcodeFormat.PDF_417),
            Map.entry("^BX", BarcodeFormat.DATA_MATRIX),
            Map.entry("^BQ", BarcodeFormat.QR_CODE),
            Map.entry("^BD", BarcodeFormat.MAXICODE),
            Map.entry("^BO", BarcodeFormat.AZTEC),
            Map.entry("^B0", BarcodeFormat.AZTEC));
    private static final Set<String> KEPT = Set.of("^BY", "^FW", "^CI", "^MU", "^CF");
    private static final Set<String> OF_FIELD = Set.of("^FH", "^FD", "^FV");

    static List<BarcodeField> of(byte[] zpl) {
        CommandReader reader = new CommandReader(new String(zpl, StandardCharsets.ISO_8859_1));
        StringBuilder settings = new StringBuilder();
        List<BarcodeField> out = new ArrayList<>();
        List<Command> field = new ArrayList<>();
        CodePage page = CodePage.START;
        for (Command c = reader.next(); c != null; c = reader.next()) {
            if (KEPT.contains(c.name())) {
                settings.append(c.name()).append(c.args());
                page = c.name().equals("^CI") ? CodePage.of(c.params().whole(0, 0)) : page;
            } else if (c.name().equals("^FS")) {
                add(field, settings.toString(), page, out);
                field.clear();
            } else if (FORMATS.containsKey(c.name()) || OF_FIELD.contains(c.name())) {
                field.add(c);
            }
        }
        return out;
    }

    private static void add(List<Command> field, String settings, CodePage page, List<BarcodeField> out) {
        StringBuilder alone = new StringBuilder("^XA").append(settings).append("^FO100,100");
        Command barcode = null;
        FieldData data = null;
        char hex = 0;
        for (Command c : field) {
            alone.append(c.name()).append(c.args());
            if (FORMATS.containsKey(c.name())) {
                barcode = c;
            } else if (c.name().equals("^FH")) {
                hex = c.args().isBlank() ? '_' : c.args().charAt(0);
            } else {
                data = new FieldData(c.args(), hex, page, true);
            }
        }
        if (barcode != null && data != null && !data.raw().isEmpty()) {
            out.add(new BarcodeField(barcode, alone + "^FS^XZ", data));
        }
    }

    BarcodeFormat format() {
        return FORMATS.getOrDefault(command.name(), BarcodeFormat.CODE_128);
    }

    /** The reader knows no MaxiCode of mode 6, which programs scanners. */
    boolean readable() {
        return !command.name().equals("^BD") || command.params().whole(0, 2) != 6;
    }

    /** What a scanner gives, less what differs by custom: function characters, case of the check digit. */
    boolean matches(String scanned) {
        String text = data.text();
        return switch (command.name()) {
            case "^BC" -> code128(text, scanned);
            case "^BE" -> scanned.startsWith(digits(text).substring(0, 12));
            case "^B2", "^B8", "^BU", "^BK" -> digits(scanned).contains(digits(text));
            case "^B9" -> !scanned.isEmpty();
            case "^BQ" ->
                text.replaceFirst("^[HQML][AM],", "")
                                .replaceFirst("^B[0-9]{4}", "")
                                .equals(scanned)
                        || text.endsWith(scanned);
            case "^BD" -> scanned.contains(text.substring(Math.min(text.length(), 30)));
            case "^B3" -> scanned.equalsIgnoreCase(text.replaceAll("^\\*|\\*$", ""));
            default -> scanned.equals(text);
        };
    }

    private boolean code128(String text, String scanned) {
        if (command.params().letter(5, 'N') == 'U') {
            return digits(text).startsWith(scanned.substring(0, 19));
        }
        String plain = text.replaceAll(">[1-9:;]", "").replace(">0", ">").replaceAll("[() ]", "");
        return scanned.replaceAll("[\u001D() ]", "").equals(plain);
    }

    private static String digits(String text) {
        return text.replaceAll("[^0-9]", "");
    }
}
