package io.waybill.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.waybill.channel.Bundle;
import io.waybill.channel.Channel;
import io.waybill.ledger.Switches;
import io.waybill.order.OrderPart;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One channel without its settings' values: they name secrets.
 *
 * @param push as its file says, unless somebody switched it since
 * @param settings the names of those that are set
 * @param destinations where its orders go unless rules say otherwise
 */
public record ChannelWhole(
        @JsonUnwrapped ChannelRow row,
        List<String> settings,
        List<String> destinations,
        String push,
        boolean partial,
        List<String> send,
        Orders orders,
        String labels,
        Channel.Policies policies,
        Limits limits,
        Map<String, Task> tasks,
        List<Switches.Switch> switches) {

    public record Orders(String as, String prefix, String number, String invoice) {}

    /** @param ratePerSecond null when not limited */
    public record Limits(@Nullable Double ratePerSecond, int concurrency) {}

    /** @param every ISO 8601 */
    public record Task(
            boolean enabled, @Nullable String every, @Nullable String cron, Map<String, List<String>> options) {}

    static ChannelWhole of(
            Bundle bundle, Channel channel, Channel.Push push, boolean shadow, List<Switches.Switch> switches) {
        boolean paused = switches.stream().anyMatch(s -> s.name().equals("paused"));
        Channel.OrderForm form = channel.orders();
        return new ChannelWhole(
                ChannelRow.of(channel, paused, shadow),
                List.copyOf(new TreeSet<>(channel.settings().keySet())),
                bundle.destinationsOf(channel).stream().map(Channel::name).toList(),
                word(push),
                channel.partial(),
                channel.send().stream().sorted().map(OrderPart::word).toList(),
                new Orders(word(form.as()), form.prefix(), word(form.number()), word(form.invoice())),
                word(channel.labels()),
                channel.policies(),
                limits(channel.limits()),
                tasks(channel),
                switches);
    }

    private static Limits limits(Channel.Limits limits) {
        double rate = limits.ratePerSecond();
        return new Limits(Double.isInfinite(rate) ? null : Double.valueOf(rate), limits.concurrency());
    }

    private static Map<String, Task> tasks(Channel channel) {
        Map<String, Task> tasks = new TreeMap<>();
        channel.tasks()
                .forEach((kind, task) -> tasks.put(
                        kind.word(),
                        new Task(
                                task.enabled(),
                                task.every() == null ? null : task.every().toString(),
                                task.cron(),
                                task.options())));
        return tasks;
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
