package io.waybill;

public final class Waybill {
    private Waybill() {}
}
