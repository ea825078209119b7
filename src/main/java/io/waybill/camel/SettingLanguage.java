package io.waybill.camel;

import io.waybill.channel.Channel;
import io.waybill.channel.Settings;
import io.waybill.flow.Routes;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.Predicate;
import org.apache.camel.spi.Language;
import org.apache.camel.support.ExpressionAdapter;
import org.apache.camel.support.builder.PredicateBuilder;
import org.jspecify.annotations.Nullable;

/**
 * A setting of the channel named by the exchange variable {@code channel}, resolved when a message comes by: a secret is
 * never part of a route, an endpoint or a dump, and a rotated one counts from the next message on. A name with a question
 * mark at its end may be missing: the value is null then.
 *
 * <pre>{@code
 * - setHeader:
 *     name: "CamelHttpUri"
 *     expression:
 *       language:
 *         language: "setting"
 *         expression: "url"
 * }</pre>
 */
final class SettingLanguage implements Language {
    /** The exchange variable that names the channel of the operation. */
    static final String CHANNEL = "channel";

    private final Settings settings;

    SettingLanguage(Settings settings) {
        this.settings = settings;
    }

    @Override
    public Expression createExpression(String key) {
        boolean optional = key.endsWith("?");
        String name = optional ? key.substring(0, key.length() - 1) : key;
        return new ExpressionAdapter() {
            @Override
            public @Nullable Object evaluate(Exchange exchange) {
                Channel channel = channelOf(exchange);
                return optional ? settings.find(channel, name).orElse(null) : settings.resolve(channel, name);
            }

            @Override
            public String toString() {
                return "setting(" + key + ")";
            }
        };
    }

    @Override
    public Predicate createPredicate(String key) {
        return PredicateBuilder.toPredicate(createExpression(key));
    }

    private static Channel channelOf(Exchange exchange) {
        String name = exchange.getVariable(CHANNEL, String.class);
        if (name == null) {
            throw new IllegalStateException(
                    "the exchange variable 'channel' is not set, so there are no settings to read");
        }
        return Routes.bundleOf(exchange)
                .channel(name)
                .orElseThrow(() -> new IllegalStateException("there is no channel '" + name + "' in this deployment"));
    }
}
