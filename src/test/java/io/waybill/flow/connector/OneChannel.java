package io.waybill.flow.connector;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.waybill.channel.Bundle;
import io.waybill.channel.BundleFiles;
import io.waybill.channel.BundleReader;
import io.waybill.channel.Channel;
import io.waybill.channel.Reading;
import io.waybill.channel.Settings;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;

/** A bundle with the one channel {@code shop}, and exchanges of it, without routes that run. */
final class OneChannel {
    static final Settings SETTINGS = new Settings(name -> null);

    private final Bundle bundle;
    private final CamelContext camel = new DefaultCamelContext();

    private OneChannel(Bundle bundle) {
        this.bundle = bundle;
        camel.getCamelContextExtension().addContextPlugin(Bundle.class, bundle);
    }

    /**
     * @param connector all of connector.yaml but contract, name and title; all settings are text
     * @param unset settings that are declared, and that the channel does not have
     */
    static OneChannel of(String connector, Map<String, String> settings, String... unset) {
        StringBuilder declared = new StringBuilder("contract: 1\nname: shop\ntitle: Shop\nsettings:\n");
        StringBuilder given = new StringBuilder("connector: shop\nrole: marketplace\nsettings:\n");
        settings.forEach((name, value) -> {
            declared.append("  ").append(name).append(": { type: text }\n");
            given.append("  ").append(name).append(": \"").append(value).append("\"\n");
        });
        for (String name : unset) {
            declared.append("  ").append(name).append(": { type: text }\n");
        }
        Reading reading = BundleReader.read(BundleFiles.only(Map.of(
                "connectors/shop/connector.yaml", (declared + connector).getBytes(UTF_8),
                "channels/shop.yaml", given.toString().getBytes(UTF_8))));
        if (reading.bundle() == null) {
            throw new IllegalArgumentException(reading.errors().toString());
        }
        return new OneChannel(reading.bundle());
    }

    Bundle bundle() {
        return bundle;
    }

    Channel channel() {
        return bundle.channel("shop").orElseThrow();
    }

    Exchange exchange() {
        Exchange exchange = new DefaultExchange(camel);
        exchange.setVariable("channel", "shop");
        return exchange;
    }
}
