package io.waybill.channel;

import java.util.Locale;

/** What a channel is to us. Orders go from marketplaces to the other three unless {@code destinations} says otherwise. */
public enum Role {
    MARKETPLACE,
    PLATFORM,
    ERP,
    SUPPLIER;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
