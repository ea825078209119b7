package io.waybill.task;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.waybill.channel.TaskKind;
import java.util.HexFormat;

/**
 * One task of one channel.
 *
 * @param subject which of several such tasks, such as the name of a status mapping; empty for the channel's own
 */
public record TaskKey(String channel, TaskKind kind, String subject) {
    public TaskKey(String channel, TaskKind kind) {
        this(channel, kind, "");
    }

    /** Also the name of its trigger and its route; channel names hold no dot, and subjects may hold anything. */
    String name() {
        String task = channel + "." + kind.word();
        return subject.isEmpty() ? task : task + "." + HexFormat.of().formatHex(subject.getBytes(UTF_8));
    }
}
