package io.waybill.flow;

import io.waybill.ledger.Decided;
import io.waybill.ledger.InForce;
import io.waybill.ledger.Verdict;
import java.util.Optional;

/** What rules would change about one order at one destination. */
enum RuleChange {
    NONE,
    /** Withheld so far, published from now on. */
    PUBLISHED,
    /** Published so far and not sent yet, withheld from now on. */
    WITHHELD,
    /** Published as before, with other lines, tags, attributes or marks. */
    OTHERWISE,
    /** It is there, and nothing can be taken back or told again. */
    TOO_LATE;

    static RuleChange of(InForce now, Decided decided) {
        Optional<Decided> before = now.decisionFor(decided.channel());
        boolean was = before.isPresent() && before.get().verdict() == Verdict.PUBLISH;
        boolean is = decided.verdict() == Verdict.PUBLISH;
        boolean sent = now.sent().contains(decided.channel());
        if (was && is) {
            boolean same = before.get().overlay().equals(decided.overlay());
            return same ? NONE : sent && !decided.canUpdate() ? TOO_LATE : OTHERWISE;
        }
        if (is) {
            return sent && !decided.canUpdate() ? TOO_LATE : PUBLISHED;
        }
        return was ? sent ? TOO_LATE : WITHHELD : NONE;
    }

    boolean isCarriedOut() {
        return this == PUBLISHED || this == WITHHELD || this == OTHERWISE;
    }
}
