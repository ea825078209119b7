package io.waybill.rule;

import dev.cel.common.exceptions.CelAttributeNotFoundException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.StructTypeReference;
import dev.cel.common.values.StructValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A canonical record as CEL sees it, read member by member when asked: no map of an order is ever built. A missing group
 * is a group whose members are all missing, so that {@code has(order.shippingAddress.country)} is safe. {@code folded}
 * shows every text in lower case, to find out whether letter case made the difference.
 */
@SuppressWarnings("Immutable") // canonical records are
final class RecordValue extends StructValue<String, RecordValue> {
    private final Shape shape;
    private final @Nullable Object owner;
    private final boolean folded;

    RecordValue(Shape shape, @Nullable Object owner, boolean folded) {
        this.shape = shape;
        this.owner = owner;
        this.folded = folded;
    }

    @Override
    public Object select(String name) {
        Object value = seen(shape.member(name));
        if (value == null) {
            throw CelAttributeNotFoundException.forFieldResolution(name);
        }
        return value;
    }

    @Override
    public Optional<Object> find(String name) {
        Object value = seen(shape.member(name));
        return value == null || value instanceof RecordValue group && group.isZeroValue()
                ? Optional.empty()
                : Optional.of(value);
    }

    private @Nullable Object seen(Member member) {
        Object value = member.get(owner);
        if (member.type() == FieldType.GROUP) {
            return member.many()
                    ? groups(member, member.elements(owner))
                    : new RecordValue(member.shape(), value, folded);
        }
        return folded && value != null ? fold(value) : value;
    }

    private List<RecordValue> groups(Member member, List<?> elements) {
        List<RecordValue> groups = new ArrayList<>(elements.size());
        for (Object element : elements) {
            groups.add(new RecordValue(member.shape(), element, folded));
        }
        return groups;
    }

    static Object fold(Object value) {
        if (value instanceof String text) {
            return text.toLowerCase(Locale.ROOT);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(RecordValue::fold).toList();
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> result = new HashMap<>();
            map.forEach((key, text) -> result.put(key, fold(text)));
            return result;
        }
        return value;
    }

    @Override
    public RecordValue value() {
        return this;
    }

    @Override
    public boolean isZeroValue() {
        return owner == null;
    }

    @Override
    public CelType celType() {
        return StructTypeReference.create(shape.name());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RecordValue value && Objects.equals(owner, value.owner) && folded == value.folded;
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(owner);
    }
}
