package io.waybill.rule;

import dev.cel.runtime.CelVariableResolver;
import io.waybill.order.Event;
import io.waybill.order.Line;
import io.waybill.order.Order;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a condition can see: the event, the order with what earlier rules made of it, and for line rules the line. */
final class Scope implements CelVariableResolver {
    private final Event event;
    private final Order order;
    private final @Nullable Line line;
    private final boolean folded;
    private @Nullable Optional<Object> orderValue;

    Scope(Event event, Order order, @Nullable Line line) {
        this(event, order, line, false);
    }

    private Scope(Event event, Order order, @Nullable Line line, boolean folded) {
        this.event = event;
        this.order = order;
        this.line = line;
        this.folded = folded;
    }

    Scope folded() {
        return new Scope(event, order, line, true);
    }

    /** The record behind a variable; null for a line where there is none. */
    @Nullable
    Object owner(Variable variable) {
        return switch (variable) {
            case ORDER, TAGS -> order;
            case LINE -> line;
            case EVENT -> event;
        };
    }

    @Override
    public Optional<Object> find(String name) {
        return switch (name) {
            case "order" -> orderValue();
            case "line" -> Optional.of(new RecordValue(Shape.LINE, line, folded));
            case "event" -> Optional.of(new RecordValue(Shape.EVENT, event, folded));
            case "tags" -> Optional.of(folded ? RecordValue.fold(order.tags()) : order.tags());
            default -> Optional.empty();
        };
    }

    private Optional<Object> orderValue() {
        if (orderValue == null) {
            orderValue = Optional.of(new RecordValue(Shape.ORDER, order, folded));
        }
        return orderValue;
    }
}
