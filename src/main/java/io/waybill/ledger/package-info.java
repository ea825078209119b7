/**
 * PostgreSQL as the truth: receipts, orders, lanes, deliveries, runs. Enter at {@link io.waybill.ledger.Receipts} (what came
 * in), {@link io.waybill.ledger.Ledger} (one call commits a decided event) and {@link io.waybill.ledger.Deliveries} (claims
 * and outcomes). SQL and JDBC stay in here.
 */
@org.jspecify.annotations.NullMarked
package io.waybill.ledger;
