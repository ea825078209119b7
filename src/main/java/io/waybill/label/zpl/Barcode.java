package io.waybill.label.zpl;

import java.util.function.Function;
import uk.org.okapibarcode.backend.OkapiException;

/** A barcode field. Data the symbology cannot hold is refused: a label that scans as something else is worse than none. */
record Barcode(Rotation rotation, Function<String, Artwork> symbology) implements Content {
    @Override
    public Artwork draw(FieldData data) {
        String text = data.text();
        if (text.isEmpty()) {
            return Artwork.NOTHING;
        }
        if (text.length() > Limits.DATA) {
            throw new Refusal(ZplError.TOO_LARGE, "more than " + Limits.DATA + " characters for a barcode");
        }
        try {
            return symbology.apply(text);
        } catch (OkapiException | IndexOutOfBoundsException | NumberFormatException refused) {
            throw new Refusal(ZplError.BARCODE_REFUSED, "the data does not suit this type of barcode");
        }
    }
}
