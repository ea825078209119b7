package io.waybill.label.zpl;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import uk.org.okapibarcode.backend.Code2Of5;

/** Which {@code ^B…} is which barcode. */
final class Symbologies {
    private Symbologies() {}

    /** @return null when it is no barcode command that can be drawn */
    static @Nullable Function<String, Artwork> of(Command command, BarcodeDefaults by, int dpi, Warnings warnings) {
        Params p = command.params();
        LinearBarcodes linear = new LinearBarcodes(p, by);
        RetailBarcodes retail = new RetailBarcodes(p, by);
        StackedBarcodes stacked = new StackedBarcodes(p, by);
        MatrixBarcodes matrix = new MatrixBarcodes(p, by, dpi, warnings, command);
        return switch (command.name()) {
            case "^B0", "^BO" -> matrix.aztec();
            case "^B1" -> linear.code11();
            case "^B2" -> linear.interleaved();
            case "^B3" -> linear.code39();
            case "^B4" -> stacked.code49();
            case "^B5" -> new PostalBarcodes(p, by).planet();
            case "^B7" -> stacked.pdf417();
            case "^B8" -> retail.ean8();
            case "^B9" -> retail.upcE();
            case "^BA" -> linear.code93();
            case "^BB" -> stacked.codablock();
            case "^BC" -> linear.code128();
            case "^BD" -> new MaxiCodeArt(p, dpi).symbol();
            case "^BE" -> retail.ean13();
            case "^BF" -> stacked.microPdf417();
            case "^BI" -> linear.twoOfFive(Code2Of5.ToFMode.INDUSTRIAL);
            case "^BJ" -> linear.twoOfFive(Code2Of5.ToFMode.IATA);
            case "^BK" -> linear.codabar();
            case "^BL" -> linear.logmars();
            case "^BM" -> linear.msi();
            case "^BP" -> linear.plessey();
            case "^BQ" -> matrix.qr();
            case "^BR" -> stacked.dataBar();
            case "^BS" -> retail.addOn();
            case "^BU" -> retail.upcA();
            case "^BX" -> matrix.dataMatrix();
            case "^BZ" -> new PostalBarcodes(p, by).ofType();
            default -> null;
        };
    }
}
