package io.waybill.label.zpl;

/**
 * {@code ^BY}, which stays until the next one.
 *
 * @param module width of a narrow bar in dots
 * @param ratio wide to narrow
 */
record BarcodeDefaults(int module, double ratio, int height) {
    static final BarcodeDefaults START = new BarcodeDefaults(2, 3.0, 10);

    BarcodeDefaults with(Params p) {
        double wider = Math.max(2.0, Math.min(3.0, p.number(1, ratio)));
        return new BarcodeDefaults(p.whole(0, module, 1, 100), wider, p.whole(2, height, 1, 32_000));
    }

    int wide() {
        return (int) (module * ratio + 1e-6);
    }
}
