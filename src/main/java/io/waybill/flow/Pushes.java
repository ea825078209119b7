package io.waybill.flow;

import io.waybill.channel.Channel;

/** Whether a person pushes the orders published to a channel: as its file says, unless somebody switched it since. */
public interface Pushes {
    boolean isManual(Channel channel);
}
