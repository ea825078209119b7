package io.waybill.task;

import io.waybill.channel.TaskKind;

/** One task of one channel. */
public record TaskKey(String channel, TaskKind kind) {
    /** Also the name of its trigger and its route; channel names hold no dot. */
    String name() {
        return channel + "." + kind.word();
    }
}
