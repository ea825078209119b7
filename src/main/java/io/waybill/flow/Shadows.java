package io.waybill.flow;

import io.waybill.channel.Channel;

/** Whether a channel is only watched: what would be sent is recorded, nothing is sent. */
public interface Shadows {
    boolean isShadow(Channel channel);
}
