package io.waybill.flow;

import io.waybill.ledger.Known;
import io.waybill.ledger.LedgerError;
import io.waybill.order.LineQuantity;
import io.waybill.order.WaybillException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a cancellation by hand is about, or why it cannot be.
 *
 * @param left how much of each line is neither cancelled nor shipped
 */
record Cancelling(Known known, Map<String, Integer> left) {
    /** The lines to cancel; none for the whole order. Whole are also those that come to it line by line. */
    List<LineQuantity> lines(List<LineQuantity> wanted) {
        if (known.cancelled()) {
            throw new WaybillException(
                    LedgerError.WRONG_STATE_CANCELLED, "Order " + known.number() + " is cancelled already.");
        }
        checkNames(wanted);
        wanted.forEach(this::checkQuantity);
        List<LineQuantity> lines = wanted.isEmpty() ? allThatIsLeft() : wanted;
        if (lines.isEmpty() && !known.newest().lines().isEmpty()) {
            throw new WaybillException(
                    LedgerError.WRONG_STATE,
                    "Nothing of order " + known.number()
                            + " is left to cancel: all of it is shipped or cancelled. Have it returned instead.");
        }
        return isWhole(lines) ? List.of() : lines;
    }

    private List<LineQuantity> allThatIsLeft() {
        return left.entrySet().stream()
                .filter(line -> line.getValue() > 0)
                .map(line -> new LineQuantity(line.getKey(), line.getValue()))
                .toList();
    }

    /** Nothing was cancelled or shipped before, and nothing stays. */
    private boolean isWhole(List<LineQuantity> lines) {
        return known.newest().lines().stream()
                .filter(line -> line.quantity() > 0)
                .allMatch(line -> lines.contains(new LineQuantity(line.id(), line.quantity())));
    }

    private void checkNames(List<LineQuantity> wanted) {
        Set<String> seen = new HashSet<>();
        for (LineQuantity line : wanted) {
            if (!left.containsKey(line.id())) {
                throw new WaybillException(
                        FlowError.NOTHING_TO_CANCEL,
                        "Order " + known.number() + " has no line \"" + line.id() + "\". See GET /api/orders/"
                                + known.id() + ".");
            }
            if (!seen.add(line.id()) || line.quantity() < 1) {
                throw new WaybillException(
                        FlowError.NOTHING_TO_CANCEL,
                        "Name each line once, with a quantity of 1 or more: line \"" + line.id() + "\".");
            }
        }
    }

    private void checkQuantity(LineQuantity line) {
        int most = left.getOrDefault(line.id(), 0);
        if (line.quantity() > most) {
            throw new WaybillException(
                    LedgerError.WRONG_STATE,
                    "Of line \"" + line.id() + "\" of order " + known.number() + " only " + most
                            + " can be cancelled: the rest is shipped or cancelled already.");
        }
    }
}
