package io.waybill.channel.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.schibsted.spt.data.jslt.Function;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Exact amounts. Numbers and decimal text go in, decimal text comes out; null and empty text are passed on as null, and count
 * as nothing in a sum. {@code number} and {@code sum} replace JSLT's own, which go through binary floating point.
 */
final class Decimals {
    private static final int LONGEST = 60;
    private static final int MOST_DIGITS = 20;

    private Decimals() {}

    static List<Function> functions() {
        return List.of(
                new MappingFunction("decimal", 1, 2, Decimals::decimal),
                new MappingFunction("money", 2, 2, Decimals::money),
                new MappingFunction("exact-number", 1, 1, arguments -> number(arguments[0])),
                new MappingFunction(
                        "number",
                        1,
                        2,
                        arguments -> arguments.length == 2 ? numberOr(arguments) : number(arguments[0])),
                new MappingFunction("sum", 1, 1, arguments -> numeric(sum(arguments[0]))),
                new MappingFunction("decimal-sum", 1, 1, arguments -> text(sum(arguments[0]))),
                new MappingFunction("decimal-add", 2, 20, arguments -> folded(arguments, BigDecimal::add)),
                new MappingFunction("decimal-subtract", 2, 20, arguments -> folded(arguments, BigDecimal::subtract)),
                new MappingFunction("decimal-multiply", 2, 20, Decimals::multiplied),
                new MappingFunction("decimal-divide", 3, 3, Decimals::divided),
                new MappingFunction("decimal-negate", 1, 1, arguments -> each(arguments[0], BigDecimal::negate)),
                new MappingFunction("decimal-abs", 1, 1, arguments -> each(arguments[0], BigDecimal::abs)),
                new MappingFunction("decimal-compare", 2, 2, Decimals::compared),
                new MappingFunction("minor-units", 2, 2, Decimals::minorUnits),
                new MappingFunction("from-minor-units", 2, 2, Decimals::fromMinorUnits));
    }

    static @Nullable BigDecimal value(JsonNode node) {
        if (node.isNumber()) {
            return node.decimalValue();
        }
        if (node.isNull() || node.isTextual() && node.asText().isBlank()) {
            return null;
        }
        String text = node.isTextual() ? node.asText().strip() : "";
        if (text.isEmpty() || text.length() > LONGEST) {
            throw new IllegalArgumentException();
        }
        BigDecimal value = new BigDecimal(text);
        if (Math.abs((long) value.scale()) > LONGEST) {
            throw new IllegalArgumentException();
        }
        return value;
    }

    static JsonNode text(@Nullable BigDecimal value) {
        return value == null ? NullNode.instance : new TextNode(value.toPlainString());
    }

    private static JsonNode numeric(@Nullable BigDecimal value) {
        if (value == null) {
            return NullNode.instance;
        }
        if (value.stripTrailingZeros().scale() > 0) {
            return DecimalNode.valueOf(value);
        }
        BigInteger whole = value.toBigIntegerExact();
        if (whole.bitLength() < Integer.SIZE) {
            return IntNode.valueOf(whole.intValue());
        }
        return whole.bitLength() < Long.SIZE ? LongNode.valueOf(whole.longValue()) : BigIntegerNode.valueOf(whole);
    }

    private static JsonNode number(JsonNode node) {
        return numeric(value(node));
    }

    private static JsonNode numberOr(JsonNode[] arguments) {
        try {
            return number(arguments[0]);
        } catch (IllegalArgumentException e) {
            return arguments[1];
        }
    }

    private static JsonNode decimal(JsonNode[] arguments) {
        BigDecimal value = value(arguments[0]);
        return text(value == null || arguments.length < 2 ? value : scaled(value, arguments[1]));
    }

    private static BigDecimal scaled(BigDecimal value, JsonNode digits) {
        return value.setScale(digits(digits), RoundingMode.HALF_UP);
    }

    private static int digits(JsonNode node) {
        int digits = node.isInt() ? node.intValue() : -1;
        if (digits < 0 || digits > MOST_DIGITS) {
            throw new IllegalArgumentException();
        }
        return digits;
    }

    private static JsonNode money(JsonNode[] arguments) {
        BigDecimal value = value(arguments[0]);
        if (value == null) {
            return NullNode.instance;
        }
        int digits = Currency.getInstance(arguments[1].asText()).getDefaultFractionDigits();
        return text(value.setScale(Math.max(0, digits), RoundingMode.HALF_UP));
    }

    private static BigDecimal sum(JsonNode array) {
        BigDecimal sum = BigDecimal.ZERO;
        for (JsonNode element : array) {
            sum = sum.add(orZero(value(element)));
        }
        return sum;
    }

    private static BigDecimal orZero(@Nullable BigDecimal value) {
        return value == null ? BigDecimal.ZERO : value;
    }

    private static JsonNode folded(JsonNode[] arguments, BinaryOperator<BigDecimal> operator) {
        BigDecimal result = orZero(value(arguments[0]));
        for (int i = 1; i < arguments.length; i++) {
            result = operator.apply(result, orZero(value(arguments[i])));
        }
        return text(result);
    }

    /** Of nothing there is no product: null. */
    private static JsonNode multiplied(JsonNode[] arguments) {
        BigDecimal result = BigDecimal.ONE;
        for (JsonNode argument : arguments) {
            BigDecimal value = value(argument);
            if (value == null) {
                return NullNode.instance;
            }
            result = result.multiply(value);
        }
        return text(result);
    }

    private static JsonNode divided(JsonNode[] arguments) {
        BigDecimal dividend = value(arguments[0]);
        BigDecimal divisor = value(arguments[1]);
        return dividend == null || divisor == null || divisor.signum() == 0
                ? NullNode.instance
                : text(dividend.divide(divisor, digits(arguments[2]), RoundingMode.HALF_UP));
    }

    private static JsonNode each(JsonNode node, UnaryOperator<BigDecimal> operator) {
        BigDecimal value = value(node);
        return text(value == null ? null : operator.apply(value));
    }

    private static JsonNode compared(JsonNode[] arguments) {
        return IntNode.valueOf(orZero(value(arguments[0])).compareTo(orZero(value(arguments[1]))));
    }

    private static JsonNode minorUnits(JsonNode[] arguments) {
        BigDecimal value = value(arguments[0]);
        return value == null
                ? NullNode.instance
                : numeric(value.multiply(divisor(arguments[1])).setScale(0, RoundingMode.HALF_UP));
    }

    private static JsonNode fromMinorUnits(JsonNode[] arguments) {
        BigDecimal value = value(arguments[0]);
        BigDecimal divisor = divisor(arguments[1]);
        int digits = divisor.precision() - 1;
        return value == null
                ? NullNode.instance
                : text(value.divide(divisor, Math.max(digits, value.scale() + digits), RoundingMode.UNNECESSARY));
    }

    /** A power of ten, or the currency whose smallest coin counts. */
    private static BigDecimal divisor(JsonNode node) {
        if (node.isTextual() && node.asText().matches("[A-Z]{3}")) {
            return BigDecimal.TEN.pow(
                    Math.max(0, Currency.getInstance(node.asText()).getDefaultFractionDigits()));
        }
        BigDecimal divisor = value(node);
        if (divisor == null
                || divisor.signum() <= 0
                || divisor.stripTrailingZeros().unscaledValue().intValue() != 1) {
            throw new IllegalArgumentException();
        }
        return new BigDecimal(divisor.toBigIntegerExact());
    }
}
