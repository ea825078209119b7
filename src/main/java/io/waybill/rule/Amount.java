package io.waybill.rule;

import dev.cel.common.types.CelType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.values.OpaqueValue;
import io.waybill.order.Amounts;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A decimal inside a condition. CEL knows only binary fractions and whole numbers, so amounts are a type of their own:
 * the checker refuses to compare one with a bare number, and 1.10 equals 1.1.
 */
@SuppressWarnings("Immutable") // BigDecimal is
final class Amount extends OpaqueValue implements Comparable<Amount> {
    static final OpaqueType TYPE = OpaqueType.create("money");

    private final BigDecimal decimal;

    Amount(BigDecimal decimal) {
        this.decimal = decimal;
    }

    static Amount parse(String text) {
        return new Amount(Amounts.parse(text));
    }

    Amount plus(Amount other) {
        return new Amount(decimal.add(other.decimal));
    }

    Amount minus(Amount other) {
        return new Amount(decimal.subtract(other.decimal));
    }

    Amount times(long factor) {
        return new Amount(decimal.multiply(BigDecimal.valueOf(factor)));
    }

    @Override
    public Object value() {
        return this;
    }

    @Override
    public OpaqueType celType() {
        return TYPE;
    }

    @Override
    public int compareTo(Amount other) {
        return decimal.compareTo(other.decimal);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Amount amount && compareTo(amount) == 0;
    }

    @Override
    public int hashCode() {
        return decimal.stripTrailingZeros().hashCode();
    }

    @Override
    public String toString() {
        return decimal.toPlainString();
    }

    static boolean is(CelType type) {
        return type.equals(TYPE);
    }
}
