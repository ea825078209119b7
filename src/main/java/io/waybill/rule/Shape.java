package io.waybill.rule;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.waybill.order.Event;
import io.waybill.order.Order;
import io.waybill.order.Status;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The members of one kind of canonical record, derived from the record itself, so that the two cannot drift apart. */
record Shape(String name, Map<String, Member> members) {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    static final Shape ORDER = of(Order.class);
    static final Shape LINE = ORDER.member("lines").shape();
    static final Shape EVENT = ofEvents();

    Shape {
        members = Collections.unmodifiableMap(members);
    }

    Member member(String memberName) {
        Member member = members.get(memberName);
        if (member == null) {
            throw new IllegalArgumentException(name + " has no " + memberName);
        }
        return member;
    }

    private static Shape of(Class<?> type) {
        Map<String, Member> members = new LinkedHashMap<>();
        for (RecordComponent component : type.getRecordComponents()) {
            Member member = member(component, getter(component));
            members.put(member.name(), member);
        }
        return new Shape(type.getSimpleName(), members);
    }

    /** All events in one: a member that only a shipment has is missing in a cancellation. */
    private static Shape ofEvents() {
        Map<String, Member> members = new LinkedHashMap<>();
        text(members, "type", event -> event.type().word());
        text(members, "orderId", Event::orderId);
        text(members, "id", Event::id);
        members.put("at", new Member("at", FieldType.INSTANT, false, null, event -> ((Event) event).at()));
        // The order is a variable of its own, its tags too; bytes of labels are nothing to decide by.
        Set<String> hidden = Set.of("order", "labels", "data", "resources", "tags");
        for (Class<?> type : Event.class.getPermittedSubclasses()) {
            for (RecordComponent component : type.getRecordComponents()) {
                String name = nameOf(component);
                if (!hidden.contains(name) && !Set.of("orderId", "id", "at").contains(name)) {
                    members.merge(name, ofEvent(type, component), Shape::either);
                }
            }
        }
        return new Shape("Event", members);
    }

    private static void text(Map<String, Member> members, String name, Function<Event, @Nullable String> getter) {
        members.put(name, new Member(name, FieldType.TEXT, false, null, event -> getter.apply((Event) event)));
    }

    private static Member ofEvent(Class<?> type, RecordComponent component) {
        Function<Object, @Nullable Object> getter = getter(component);
        return member(component, event -> type.isInstance(event) ? getter.apply(event) : null);
    }

    private static Member either(Member one, Member other) {
        return new Member(one.name(), one.type(), one.many(), one.inside(), event -> {
            Object value = one.get(event);
            return value == null ? other.get(event) : value;
        });
    }

    private static String nameOf(RecordComponent component) {
        JsonProperty renamed = component.getAccessor().getAnnotation(JsonProperty.class);
        return renamed == null ? component.getName() : renamed.value();
    }

    private static Member member(RecordComponent component, Function<Object, @Nullable Object> getter) {
        String name = nameOf(component);
        Class<?> type = component.getType();
        if (type == List.class) {
            Class<?> element = (Class<?>) ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0];
            return element == String.class
                    ? new Member(name, FieldType.TEXTS, false, null, getter)
                    : new Member(name, FieldType.GROUP, true, of(element), getter);
        }
        return type.isRecord()
                ? new Member(name, FieldType.GROUP, false, of(type), getter)
                : new Member(name, Scalars.of(type), false, null, Scalars.converted(type, getter));
    }

    private static Function<Object, @Nullable Object> getter(RecordComponent component) {
        MethodHandle handle;
        try {
            handle =
                    LOOKUP.unreflect(component.getAccessor()).asType(MethodType.methodType(Object.class, Object.class));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("canonical records are public", e);
        }
        return owner -> invoke(handle, owner);
    }

    private static @Nullable Object invoke(MethodHandle handle, Object owner) {
        try {
            return (Object) handle.invokeExact(owner);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("accessors of records throw nothing", e);
        }
    }

    /** How single values of the model look to a condition. */
    private static final class Scalars {
        private static final Map<Class<?>, FieldType> TYPES = new HashMap<>();

        static {
            TYPES.put(String.class, FieldType.TEXT);
            TYPES.put(Status.class, FieldType.TEXT);
            TYPES.put(int.class, FieldType.NUMBER);
            TYPES.put(BigDecimal.class, FieldType.AMOUNT);
            TYPES.put(Instant.class, FieldType.INSTANT);
            TYPES.put(Map.class, FieldType.ATTRIBUTES);
        }

        static FieldType of(Class<?> type) {
            FieldType found = TYPES.get(type);
            if (found == null) {
                throw new IllegalStateException("rules cannot look at a " + type.getName() + " yet");
            }
            return found;
        }

        static Function<Object, @Nullable Object> converted(Class<?> type, Function<Object, @Nullable Object> getter) {
            if (type == Status.class) {
                return owner -> getter.apply(owner) instanceof Status status ? status.word() : null;
            }
            if (type == int.class) {
                return owner -> getter.apply(owner) instanceof Integer number ? (Object) number.longValue() : null;
            }
            if (type == BigDecimal.class) {
                return owner -> getter.apply(owner) instanceof BigDecimal amount ? new Amount(amount) : null;
            }
            return getter;
        }
    }
}
