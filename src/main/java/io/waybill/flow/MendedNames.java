package io.waybill.flow;

import io.waybill.channel.Bundle;
import io.waybill.channel.Channel;
import io.waybill.channel.StatusMapping;
import io.waybill.ledger.Awaiting;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deliveries that wait for the name of an article or the meaning of a status are tried again by themselves once another
 * bundle names them otherwise.
 */
final class MendedNames {
    private static final Logger log = LoggerFactory.getLogger(MendedNames.class);

    private final Routes routes;
    private final Awaiting awaiting;
    private final Wake deliveries;
    private @Nullable Bundle seen;

    MendedNames(Routes routes, Awaiting awaiting, Wake deliveries) {
        this.routes = routes;
        this.awaiting = awaiting;
        this.deliveries = deliveries;
    }

    /** Cheap while nothing changed. */
    void wakeWhatWaits() {
        Bundle serving = routes.bundle();
        if (seen != null && serving.hash().equals(seen.hash())) {
            return;
        }
        int woken = awaiting.wake(articlesChanged(serving), statusesChanged(serving));
        if (woken > 0) {
            log.atInfo().addKeyValue("deliveries", woken).log("Deliveries that waited for a name are tried again");
            deliveries.signal();
        }
        seen = serving;
    }

    /** All of them at the start: what changed while nothing ran is not known. */
    private Set<String> articlesChanged(Bundle serving) {
        @Nullable Bundle before = seen;
        return serving.channels().values().stream()
                .map(Channel::name)
                .filter(name -> before == null
                        || !before.skus().of(name).equals(serving.skus().of(name)))
                .collect(Collectors.toSet());
    }

    private Set<String> statusesChanged(Bundle serving) {
        @Nullable Bundle before = seen;
        return serving.channels().values().stream()
                .map(Channel::name)
                .filter(name -> before == null || !mappings(before, name).equals(mappings(serving, name)))
                .collect(Collectors.toSet());
    }

    private static Set<StatusMapping> mappings(Bundle bundle, String to) {
        return bundle.statusMappings().values().stream()
                .filter(mapping -> mapping.to().equals(to))
                .collect(Collectors.toSet());
    }
}
