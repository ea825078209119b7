package io.waybill.flow;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Whether an address can be connected to. Nothing is sent there. */
public interface Reach {
    /** Null when it can, else why not. */
    @Nullable
    String obstacle(URI address);
}
