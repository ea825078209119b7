package io.waybill.flow;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.channel.Channel;
import io.waybill.channel.Operation;
import io.waybill.order.WaybillException;
import java.io.IOException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;

/** The connector's own {@code check}: does the system answer, does it take our credentials, and what else it says it lacks. */
record AskedSystem(Routes routes, Clock clock) {
    private static final Duration SKEW = Duration.ofSeconds(60);
    private static final int MOST = 50;
    private static final int LONGEST = 300;

    List<Prerequisite> check(Channel channel) {
        Exchange exchange = routes.request("direct:" + channel.name() + "-" + Operation.CHECK.word(), e -> {
            e.setVariable("channel", channel.name());
            e.setVariable("operation", Operation.CHECK.word());
        });
        Exception e = exchange.getException();
        if (e != null) {
            return List.of(failure(e));
        }
        List<Prerequisite> found = new ArrayList<>();
        found.add(Prerequisite.ok("reachable", "It answers, and takes the credentials."));
        clockSkew(exchange, found);
        if (exchange.getMessage().getBody() instanceof JsonNode answer) {
            told(answer.path("findings").isArray() ? answer.path("findings") : answer, found);
        }
        return found;
    }

    private static Prerequisite failure(Exception e) {
        DeliveryFault fault = Fault.find(e, DeliveryFault.class);
        if (fault != null) {
            boolean noAccess = fault.faultKind() == DeliveryFault.Kind.CHANNEL_DOWN;
            return Prerequisite.problem(
                    noAccess ? "access" : "reachable",
                    String.valueOf(fault.getMessage()),
                    noAccess
                            ? "Renew the credentials, or give the server its rights there; the channel goes on by itself."
                            : "Look at the system's own state, then check again.");
        }
        WaybillException known = Fault.find(e, WaybillException.class);
        if (known != null) {
            return Prerequisite.problem("settings", String.valueOf(known.getMessage()), "Mend it, then check again.");
        }
        Throwable network = Fault.find(e, IOException.class);
        return Prerequisite.problem(
                "reachable",
                "The call failed with "
                        + (network == null ? e : network).getClass().getSimpleName() + ".",
                network == null
                        ? "Look at the connector's check.camel.yaml."
                        : "Look at the address in the channel's settings, at DNS and at the firewall between.");
    }

    private void clockSkew(Exchange exchange, List<Prerequisite> found) {
        String date = exchange.getMessage().getHeader("Date", String.class);
        if (date == null) {
            return;
        }
        try {
            Duration skew = Duration.between(
                    ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant(),
                    clock.instant());
            found.add(
                    skew.abs().compareTo(SKEW) <= 0
                            ? Prerequisite.ok("clock", "Its clock and ours agree.")
                            : Prerequisite.warning(
                                    "clock",
                                    "Our clock is " + skew.toSeconds() + " s ahead of its.",
                                    "Set the clock of the one that is wrong (NTP): signatures and polls go by it."));
        } catch (DateTimeException e) {
            found.add(Prerequisite.warning(
                    "clock", "Its answer's date cannot be read.", "Nothing, unless signatures fail."));
        }
    }

    private static void told(JsonNode findings, List<Prerequisite> found) {
        for (JsonNode finding : findings) {
            if (finding.path("what").isTextual() && found.size() < MOST) {
                found.add(new Prerequisite(
                        text(finding, "what"),
                        Prerequisite.State.of(finding.path("state").asText()),
                        text(finding, "detail"),
                        finding.path("do").isTextual() ? text(finding, "do") : null));
            }
        }
    }

    private static String text(JsonNode finding, String member) {
        String text = finding.path(member).asText();
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }
}
