package io.waybill.camel;

import java.net.UnknownHostException;

/** A channel's URL leads to an address it may not be at. A fault of the channel's settings: repeating cannot help. */
public final class TargetRefused extends UnknownHostException {
    private static final long serialVersionUID = 1L;

    TargetRefused(String host) {
        super("'" + host + "' leads to a private address, which channels may not call."
                + " Correct the channel's URL, or set WAYBILL_ALLOW_PRIVATE_TARGETS=true.");
    }
}
