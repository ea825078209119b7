package io.waybill.flow;

import io.waybill.channel.Channel;
import io.waybill.channel.Settings;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** For a channel whose connector has no check: can its addresses be connected to. Whether they take its orders stays open. */
record AskedNetwork(Settings settings, Reach reach) {
    List<Prerequisite> check(Channel channel) {
        return addresses(channel).entrySet().stream()
                .map(address -> finding(address.getKey(), address.getValue()))
                .toList();
    }

    private Prerequisite finding(String setting, URI address) {
        String host = address.getHost() + (address.getPort() < 0 ? "" : ":" + address.getPort());
        @Nullable String obstacle = reach.obstacle(address);
        return obstacle == null
                ? Prerequisite.ok(
                        "reachable",
                        host + " takes connections. Credentials are tried by the first order, or by a check.")
                : Prerequisite.problem(
                        "reachable",
                        host + " cannot be reached: " + obstacle,
                        "Look at the setting " + setting + ", at DNS and at the firewall between.");
    }

    /** One setting for each host and port. */
    private Map<String, URI> addresses(Channel channel) {
        Map<String, String> byHost = new TreeMap<>();
        Map<String, URI> found = new TreeMap<>();
        channel.connector().settings().forEach((name, setting) -> {
            if (setting.type().equals("url")) {
                settings.find(channel, name).map(URI::create).ifPresent(address -> {
                    if (byHost.putIfAbsent(address.getAuthority(), name) == null) {
                        found.put(name, address);
                    }
                });
            }
        });
        return found;
    }
}
