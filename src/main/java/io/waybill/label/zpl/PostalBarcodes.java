package io.waybill.label.zpl;

import java.util.List;
import java.util.function.Function;
import uk.org.okapibarcode.backend.Postnet;
import uk.org.okapibarcode.backend.Symbol;
import uk.org.okapibarcode.backend.UspsOneCode;
import uk.org.okapibarcode.graphics.Rectangle;

/** Bars of different height: POSTNET, PLANET, USPS Intelligent Mail. */
record PostalBarcodes(Params p, BarcodeDefaults by) {

    Function<String, Artwork> ofType() {
        int type = p.whole(4, 0);
        return switch (type) {
            case 0 -> text -> art(new Postnet(Postnet.Mode.POSTNET), Code128Data.digits(text));
            case 1 -> text -> art(new Postnet(Postnet.Mode.PLANET), Code128Data.digits(text));
            case 3 -> text -> art(new UspsOneCode(), text);
            default -> throw new Refusal(ZplError.UNSUPPORTED_CONTENT, "postal type " + type + " is not drawn");
        };
    }

    Function<String, Artwork> planet() {
        return text -> art(new Postnet(Postnet.Mode.PLANET), Code128Data.digits(text));
    }

    private Artwork art(Symbol symbol, String data) {
        List<Rectangle> bars = Bars.drawn(symbol, data);
        double high = bars.stream().mapToDouble(r -> r.y + r.height).max().orElse(1);
        int height = p.whole(1, by.height(), 1, 32_000);
        RectList rects = new RectList();
        int right = 0;
        for (Rectangle r : bars) {
            int x = (int) Math.round(r.x * by.module());
            int top = (int) Math.round(r.y * height / high);
            rects.add(x, top, by.module(), (int) Math.round((r.y + r.height) * height / high) - top);
            right = x + by.module();
        }
        return new Interpretation(p.yes(2, false), p.yes(3, false), by.module())
                .with(rects.mark(), right, height, data);
    }
}
