package io.waybill.rule;

import io.waybill.order.Line;
import java.util.List;

/** Whom the rules tell how they came out. */
interface Witness {
    /** Conditions of the order, or of the nth line, are asked this way. */
    Asking asking(Scope scope, int line);

    void saw(Rule rule, Rule.Ruling ruling);

    void saw(Rule rule, List<Line> lines, List<Rule.Ruling> rulings);
}
