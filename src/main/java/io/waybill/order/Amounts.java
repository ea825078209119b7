package io.waybill.order;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How amounts are written and checked: decimal strings, up to 6 decimals; totals within their currency's digits. */
public final class Amounts {
    /** Unit prices and rates may carry this many decimals; amounts of the order only those of its currency. */
    public static final int MAX_DECIMALS = 6;

    private static final Pattern DECIMAL = Pattern.compile("-?\\d{1,12}(\\.\\d+)?");

    private Amounts() {}

    /** Reads "12.50". Trailing zeros beyond six decimals are dropped, other digits there are refused. */
    public static BigDecimal parse(String text) {
        if (!DECIMAL.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "\"" + shortened(text) + "\" is not an amount; write a decimal string such as \"12.50\"");
        }
        BigDecimal amount = new BigDecimal(text);
        if (significantScale(amount) > MAX_DECIMALS) {
            throw new IllegalArgumentException("\"" + shortened(text) + "\" has more than 6 decimals");
        }
        return amount.scale() > MAX_DECIMALS ? amount.setScale(MAX_DECIMALS) : amount;
    }

    static Currency currency(String code) {
        try {
            return Currency.getInstance(code);
        } catch (IllegalArgumentException e) {
            throw new InvalidEvent("currency", "\"" + shortened(code) + "\" is not an ISO 4217 currency such as USD");
        }
    }

    static void within(Currency currency, String path, @Nullable BigDecimal amount) {
        int digits = Math.max(currency.getDefaultFractionDigits(), 0);
        if (amount != null && significantScale(amount) > digits) {
            throw new InvalidEvent(
                    path,
                    "\"" + amount.toPlainString() + "\" has more decimals than " + currency.getCurrencyCode()
                            + " allows (" + digits + ")");
        }
    }

    private static int significantScale(BigDecimal amount) {
        return amount.signum() == 0
                ? 0
                : Math.max(0, amount.stripTrailingZeros().scale());
    }

    private static String shortened(String text) {
        return text.length() > 40 ? text.substring(0, 40) + "…" : text;
    }
}
