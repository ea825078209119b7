package io.waybill.ledger;

/** No list reads a whole table, as PostgreSQL itself plans them on 20,000 orders. */
class ListPlansTest extends ListPlans {
    @Override
    int count() {
        return 20_000;
    }
}
