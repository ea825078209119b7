package io.waybill.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.TestDatabase;
import org.junit.jupiter.api.Test;

class WatchedPlansTest {
    private final WatchedPlans plans = new WatchedPlans(TestDatabase.fresh().dataSource());
    private final Db db = new Db(plans.dataSource());

    @Test
    void seesATableReadWhole() {
        assertThatThrownBy(() -> plans.assertIndexed(
                        () -> db.query("select id from orders where status = ?", row -> row.getLong(1), "paid")))
                .hasMessageContaining("Seq Scan on orders");
    }

    @Test
    void passesALookUp() {
        plans.assertIndexed(() -> db.query("select id from orders where id = ?", row -> row.getLong(1), 7L));
        assertThat(plans.pages(() -> db.query("select id from orders where id = ?", row -> row.getLong(1), 7L)))
                .isPositive();
    }
}
