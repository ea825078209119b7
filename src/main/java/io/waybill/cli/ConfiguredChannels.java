package io.waybill.cli;

import io.waybill.channel.Bundle;
import io.waybill.channel.BundleFiles;
import io.waybill.channel.BundleReader;
import io.waybill.channel.Channel;
import io.waybill.channel.Connector.Setting;
import io.waybill.channel.Settings;
import io.waybill.order.WaybillException;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The settings of the channels under routes, as they resolve at this moment. What does not is lint's to tell. */
final class ConfiguredChannels {
    private final Environment environment;
    private final Settings settings;

    ConfiguredChannels(Environment environment, Settings settings) {
        this.environment = environment;
        this.settings = settings;
    }

    record Value(String channel, String setting, String value) {}

    Stream<Value> values(Predicate<Setting> which) {
        @Nullable
        Bundle bundle = BundleReader.read(
                        BundleFiles.of(
                                environment.path("WAYBILL_ROUTES"),
                                Boolean.parseBoolean(environment.get("WAYBILL_SANDBOX"))),
                        settings)
                .bundle();
        return bundle == null
                ? Stream.empty()
                : bundle.channels().values().stream().flatMap(channel -> values(channel, which));
    }

    private Stream<Value> values(Channel channel, Predicate<Setting> which) {
        return channel.connector().settings().entrySet().stream()
                .filter(setting -> which.test(setting.getValue()))
                .flatMap(setting -> value(channel, setting.getKey()));
    }

    private Stream<Value> value(Channel channel, String setting) {
        try {
            return settings.find(channel, setting).stream().map(value -> new Value(channel.name(), setting, value));
        } catch (WaybillException e) {
            return Stream.empty();
        }
    }
}
