package io.waybill.flow.connector;

import io.waybill.channel.Channel;
import io.waybill.channel.Settings;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Text of connector.yaml in which {@code {name}} stands for a setting of the channel, or for what is made at the call. */
final class Placeholders {
    private static final Pattern NAME = Pattern.compile("\\{([a-zA-Z][a-zA-Z0-9]*)}");

    private final Settings settings;

    Placeholders(Settings settings) {
        this.settings = settings;
    }

    /** Empty when one of them has no value. */
    Optional<String> find(String text, Channel channel, Map<String, String> made) {
        StringBuilder filled = new StringBuilder();
        Matcher names = NAME.matcher(text);
        while (names.find()) {
            @Nullable String value = value(names.group(1), channel, made);
            if (value == null) {
                return Optional.empty();
            }
            names.appendReplacement(filled, Matcher.quoteReplacement(value));
        }
        names.appendTail(filled);
        return Optional.of(filled.toString());
    }

    /** Throws, naming the setting, when one of them has no value. */
    String fill(String text, Channel channel, Map<String, String> made) {
        return find(text, channel, made).orElseGet(() -> {
            NAME.matcher(text)
                    .results()
                    .map(name -> name.group(1))
                    .filter(name -> !made.containsKey(name))
                    .forEach(name -> settings.resolve(channel, name));
            throw new IllegalStateException("every name in " + text + " has a value");
        });
    }

    private @Nullable String value(String name, Channel channel, Map<String, String> made) {
        return made.containsKey(name)
                ? made.get(name)
                : settings.find(channel, name).orElse(null);
    }
}
