package io.waybill.camel;

import io.waybill.channel.Bundle;
import io.waybill.channel.Finding;
import java.util.List;

/** The checks of route files that need no running server: shape, ids, references, templates. A deployment checks more. */
public final class RouteLint {
    private RouteLint() {}

    public static List<Finding> check(Bundle bundle) {
        return RouteFiles.of(bundle).findings().stream().sorted().toList();
    }
}
