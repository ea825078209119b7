package io.waybill.rule;

import io.waybill.order.Line;
import io.waybill.order.Order;
import io.waybill.order.Status;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a rule gives: a value that fits its attribute. */
sealed interface Setting {
    /** The value as JSON shows it. */
    Object shown();

    /** The order and its marks with this value. */
    State on(State state);

    /** The order as far as the rules have come. */
    record State(Order order, Marks marks) {
        State with(Order newOrder) {
            return new State(newOrder, marks);
        }

        State with(Marks newMarks) {
            return new State(order, newMarks);
        }
    }

    /** Says whether, and changes nothing. */
    record Publish(boolean publish) implements Setting {
        @Override
        public Object shown() {
            return publish;
        }

        @Override
        public State on(State state) {
            return state;
        }
    }

    /** Tags add up; one that is there already is not repeated. */
    record Tags(List<String> tags) implements Setting {
        @Override
        public Object shown() {
            return tags.size() == 1 ? tags.get(0) : tags;
        }

        @Override
        public State on(State state) {
            if (state.order().tags().containsAll(tags)) {
                return state;
            }
            Set<String> sum = new LinkedHashSet<>(state.order().tags());
            sum.addAll(tags);
            return state.with(state.order().withTags(List.copyOf(sum)));
        }
    }

    record StatusIs(Status status) implements Setting {
        @Override
        public Object shown() {
            return status.word();
        }

        @Override
        public State on(State state) {
            return state.order().status() == status
                    ? state
                    : state.with(state.order().change().status(status).build());
        }
    }

    record Warehouse(String name) implements Setting {
        @Override
        public Object shown() {
            return name;
        }

        @Override
        public State on(State state) {
            return state.with(state.marks().withWarehouse(name));
        }
    }

    /** Price and tax of the shipping stay. */
    record ShippingMethod(String method) implements Setting {
        @Override
        public Object shown() {
            return method;
        }

        @Override
        public State on(State state) {
            Order.@Nullable Shipping old = state.order().shipping();
            Order.Shipping shipping = old == null
                    ? new Order.Shipping(method, null, null)
                    : new Order.Shipping(method, old.price(), old.tax());
            return shipping.equals(old)
                    ? state
                    : state.with(state.order().change().shipping(shipping).build());
        }
    }

    record Note(String note) implements Setting {
        @Override
        public Object shown() {
            return note;
        }

        @Override
        public State on(State state) {
            return note.equals(state.order().note())
                    ? state
                    : state.with(state.order().change().note(note).build());
        }
    }

    record Prefix(String prefix) implements Setting {
        @Override
        public Object shown() {
            return prefix;
        }

        @Override
        public State on(State state) {
            return state.with(state.marks().withPrefix(prefix));
        }
    }

    record Priority(int priority) implements Setting {
        @Override
        public Object shown() {
            return priority;
        }

        @Override
        public State on(State state) {
            return state.with(state.marks().withPriority(priority));
        }
    }

    /** An attribute of the order, or by a line rule of single lines. */
    record Named(String name, String text) implements Setting {
        @Override
        public Object shown() {
            return text;
        }

        @Override
        public State on(State state) {
            Map<String, String> attributes = state.order().attributes();
            return text.equals(attributes.get(name))
                    ? state
                    : state.with(
                            state.order().change().attributes(with(attributes)).build());
        }

        Line on(Line line) {
            return new Line(
                    line.id(),
                    line.sku(),
                    line.title(),
                    line.productId(),
                    line.variantId(),
                    line.quantity(),
                    line.cancelled(),
                    line.shipped(),
                    line.returned(),
                    line.price(),
                    line.discount(),
                    line.tax(),
                    with(line.attributes()));
        }

        private Map<String, String> with(Map<String, String> attributes) {
            Map<String, String> changed = new LinkedHashMap<>(attributes);
            changed.put(name, text);
            return changed;
        }
    }

    /** What a line rule gave its lines, put on the order. {@code byLine} is in the order of the lines; null: nothing. */
    static State onLines(State state, List<@Nullable Setting> byLine) {
        State changed = state;
        List<Line> lines = new ArrayList<>(state.order().lines());
        for (int i = 0; i < byLine.size(); i++) {
            Setting given = byLine.get(i);
            if (given instanceof Named named) {
                lines.set(i, named.on(lines.get(i)));
            } else if (given != null) {
                changed = given.on(changed);
            }
        }
        return lines.equals(state.order().lines())
                ? changed
                : changed.with(changed.order().change().lines(lines).build());
    }
}
