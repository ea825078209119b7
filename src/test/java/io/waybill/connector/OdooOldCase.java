package io.waybill.connector;

/** Odoo 16, which speaks /jsonrpc only. */
final class OdooOldCase extends OdooCase {
    OdooOldCase() {
        super(16);
    }

    @Override
    String name() {
        return "odoo16";
    }
}
