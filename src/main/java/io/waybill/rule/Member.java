package io.waybill.rule;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructTypeReference;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One member of a canonical record: its type, how to get it, and for groups what is inside. */
record Member(
        String name, FieldType type, boolean many, @Nullable Shape inside, Function<Object, @Nullable Object> getter) {

    /** The value as conditions see it, or null when it is missing. */
    @Nullable
    Object get(@Nullable Object owner) {
        return owner == null ? null : getter.apply(owner);
    }

    Shape shape() {
        if (inside == null) {
            throw new IllegalStateException(name + " has no fields inside");
        }
        return inside;
    }

    CelType celType() {
        return many ? ListType.create(elementType()) : elementType();
    }

    private CelType elementType() {
        return switch (type) {
            case TEXT -> SimpleType.STRING;
            case NUMBER -> SimpleType.INT;
            case AMOUNT -> Amount.TYPE;
            case INSTANT -> SimpleType.TIMESTAMP;
            case TEXTS -> ListType.create(SimpleType.STRING);
            case ATTRIBUTES -> MapType.create(SimpleType.STRING, SimpleType.STRING);
            case GROUP -> StructTypeReference.create(shape().name());
        };
    }

    /** The elements of a member that holds several groups. */
    List<?> elements(@Nullable Object owner) {
        return get(owner) instanceof List<?> list ? list : List.of();
    }
}
