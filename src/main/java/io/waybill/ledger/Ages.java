package io.waybill.ledger;

import java.time.Duration;

/**
 * How long things are kept. Bodies, attempts: whole months, so up to one month longer.
 *
 * @param receipts messages as they arrived, and the keys by which a repetition is known
 * @param attempts what was sent and answered
 * @param runs of tasks
 * @param audit what people did
 * @param personalData in an order, counted from its last shipment, or from its cancellation
 * @param unshipped personal data in an order of which nobody tells a shipment, counted from the last that was heard of it
 */
public record Ages(
        Duration receipts,
        Duration attempts,
        Duration runs,
        Duration audit,
        Duration personalData,
        Duration unshipped) {}
