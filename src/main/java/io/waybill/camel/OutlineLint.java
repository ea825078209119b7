package io.waybill.camel;

import io.waybill.channel.Bundle;
import io.waybill.channel.Finding;
import java.util.List;

/**
 * What the outlines of route files tell without a running server, beyond what reading them found: repeated step ids, missing
 * addresses, reserved paths. A deployment checks more.
 */
public final class OutlineLint {
    private OutlineLint() {}

    public static List<Finding> check(Bundle bundle) {
        return RouteFiles.of(bundle).findings().stream().sorted().toList();
    }
}
