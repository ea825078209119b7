package io.waybill.flow;

import io.waybill.ledger.Ages;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long things are kept.
 *
 * @param receipts messages as they arrived; a repetition that comes later is taken for new
 * @param attempts what was sent and answered
 * @param runs of tasks
 * @param audit what people did by hand
 * @param personalData in an order, after its last shipment or its cancellation
 * @param unshipped personal data in an order that nobody tells a shipment of, after the last that was heard of it
 */
@ConfigurationProperties("waybill.keep")
public record RetentionSettings(
        @DefaultValue("90d") Duration receipts,
        @DefaultValue("90d") Duration attempts,
        @DefaultValue("90d") Duration runs,
        @DefaultValue("730d") Duration audit,
        @DefaultValue("30d") Duration personalData,
        @DefaultValue("180d") Duration unshipped) {
    Ages ages() {
        return new Ages(receipts, attempts, runs, audit, personalData, unshipped);
    }
}
