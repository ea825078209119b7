package io.waybill.ledger;

import io.waybill.order.Order;
import io.waybill.order.WaybillException;
import java.util.List;
import java.util.Set;

/**
 * An order as the ledger knew it at one moment. A commit that was decided on it names {@code changes} and is refused as
 * stale if anything was committed on the order since.
 */
public record Known(
        long id,
        String channel,
        String externalId,
        String number,
        int revision,
        int changes,
        boolean cancelled,
        long newestReceipt,
        List<String> tags,
        TagsByHand byHand,
        Order newest,
        Set<String> linked) {

    /** The newest state with the tags it got on import: what conditions on any later event see. */
    public Order tagged() {
        return newest.withTags(tags);
    }

    /** The same order, with what people changed about its tags. */
    public Known withTags(TagsByHand changed) {
        return new Known(
                id,
                channel,
                externalId,
                number,
                revision,
                changes,
                cancelled,
                newestReceipt,
                tags,
                changed,
                newest,
                linked);
    }

    /** The same order, taken to be at these channels. */
    public Known withLinked(Set<String> channels) {
        return new Known(
                id,
                channel,
                externalId,
                number,
                revision,
                changes,
                cancelled,
                newestReceipt,
                tags,
                byHand,
                newest,
                Set.copyOf(channels));
    }

    /** Refuses to send, by hand, what nobody wants any more. */
    public void requireNotCancelled() {
        if (cancelled) {
            throw new WaybillException(
                    LedgerError.WRONG_STATE_CANCELLED,
                    "Order " + number
                            + " is cancelled and is not sent again. A newer state from its source can reopen it.");
        }
    }

    /** True when the channel has, or is just being given, this order. */
    public boolean isLinked(String channelName) {
        return channel.equals(channelName) || linked.contains(channelName);
    }

    /** The same after one more change of ours that told nothing new of the order. */
    public Known changed() {
        return new Known(
                id,
                channel,
                externalId,
                number,
                revision,
                changes + 1,
                cancelled,
                newestReceipt,
                tags,
                byHand,
                newest,
                linked);
    }
}
