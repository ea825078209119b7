package io.waybill.flow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.channel.Bundle;
import io.waybill.channel.Channel;
import io.waybill.channel.Operation;
import io.waybill.ledger.Claimed;
import io.waybill.ledger.Deliveries;
import io.waybill.ledger.Outcome;
import io.waybill.ledger.Settlement;
import io.waybill.ledger.Statuses;
import io.waybill.order.ErrorKind;
import io.waybill.order.EventJson;
import io.waybill.order.OrderCancelled;
import io.waybill.order.WaybillException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;
import org.apache.camel.Exchange;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes one claimed delivery to its destination and comes back with the outcome. After an ambiguous send it never sends
 * blindly again: it repeats the same bytes under the same key where keys are kept, else looks for the order first, else
 * leaves it to a person.
 */
final class Courier {
    private static final Logger log = LoggerFactory.getLogger(Courier.class);
    private static final Duration CHANNEL_GONE = Duration.ofMinutes(1);
    private static final Duration CIRCUIT_OPEN = Duration.ofSeconds(1);
    private static final int LOOKS = 2;

    private final Routes routes;
    private final Deliveries deliveries;
    private final ChannelGates gates;
    private final RetrySchedule retries;
    private final Statuses statuses;

    Courier(Routes routes, Deliveries deliveries, ChannelGates gates, RetrySchedule retries, Statuses statuses) {
        this.routes = routes;
        this.deliveries = deliveries;
        this.gates = gates;
        this.retries = retries;
        this.statuses = statuses;
    }

    /** Destinations with neither key nor look-up: their attempt is written just before the send. */
    static boolean marksLate(Channel channel) {
        return !channel.idempotent() && !channel.can(Operation.FIND_ORDER);
    }

    /** Null when the lease was gone before anything left. */
    @Nullable
    Settlement deliver(Claimed claimed) {
        Bundle bundle = routes.bundle();
        Optional<Channel> channel = bundle.channel(claimed.channel());
        if (channel.isEmpty()) {
            return unsent(claimed, later("channel-gone", "The channel is not configured any more.", CHANNEL_GONE));
        }
        if (claimed.isNeedless()) {
            return unsent(claimed, new Outcome.Needless());
        }
        if (claimed.strange()) {
            return unsent(claimed, new Outcome.Strange());
        }
        Operation operation = Operation.of(claimed.operation()).orElseThrow();
        if (!channel.get().can(operation)) {
            return unsent(
                    claimed,
                    new Outcome.Failed(
                            "capability", claimed.channel() + " can no longer " + claimed.operation() + "."));
        }
        @Nullable StatusDelivery status = StatusDelivery.of(statuses, claimed, bundle);
        @Nullable Outcome instead = status == null ? null : status.instead();
        if (instead != null) {
            return unsent(claimed, instead);
        }
        ChannelGate gate = gates.of(channel.get());
        if (!gate.mayEnter()) {
            return unsent(claimed, later("circuit", "The channel is down; it is probed.", CIRCUIT_OPEN));
        }
        return new Trip(claimed, channel.get(), gate, bundle, status).run();
    }

    /** Nothing left: it is due again at once, for whoever claims it. */
    Settlement handBack(Claimed claimed) {
        return unsent(claimed, later("handed-back", "Claimed, but not begun in time.", Duration.ZERO));
    }

    /** What an operation finds on its exchange. */
    static void prepare(Exchange e, Claimed claimed, Channel channel, String operation, ObjectNode body) {
        e.getMessage().setBody(body);
        e.setVariable("channel", claimed.channel());
        e.setVariable("operation", operation);
        e.setVariable("idempotencyKey", claimed.key());
        e.setVariable("externalId", claimed.externalId());
        e.setVariable("reference", claimed.reference());
        e.setVariable("orders", Rendering.form(claimed, channel));
        e.setVariable("restock", channel.policies().restock());
        e.setVariable("delivery", claimed);
    }

    private static Settlement unsent(Claimed claimed, Outcome outcome) {
        return new Settlement(claimed, outcome, 0, 0, null, null, null);
    }

    private static Outcome.Later later(String code, String error, Duration delay) {
        return new Outcome.Later(code.equals("circuit") ? "circuit" : "due", code, error, delay);
    }

    /** One delivery's way through its operations. */
    private final class Trip {
        private final Claimed claimed;
        private final Channel channel;
        private final ChannelGate gate;
        private final Bundle bundle;
        private final @Nullable StatusDelivery status;
        private @Nullable Exchange last;

        private Trip(
                Claimed claimed, Channel channel, ChannelGate gate, Bundle bundle, @Nullable StatusDelivery status) {
            this.claimed = claimed;
            this.channel = channel;
            this.gate = gate;
            this.bundle = bundle;
            this.status = status;
        }

        private @Nullable Settlement run() {
            boolean looksOnly = claimed.operation().equals(Operation.FIND_ORDER.word());
            if (looksOnly) {
                return settled(lookForTwin());
            }
            if (claimed.ambiguousFor() != null) {
                return afterAmbiguity(claimed.ambiguousFor());
            }
            return send(null);
        }

        private @Nullable Settlement send(@Nullable Duration lookAgain) {
            if (marksLate(channel) && !deliveries.begin(claimed)) {
                gate.unused();
                return null;
            }
            Exchange exchange = call(claimed.operation());
            @Nullable Exception e = exchange.getException();
            if (e != null) {
                return settled(outcome(exchange, e));
            }
            gate.answered();
            if (status != null) {
                status.delivered();
            }
            return settled(new Outcome.Delivered(
                    exchange.getVariable("externalId", String.class),
                    exchange.getVariable("externalUrl", String.class),
                    lookAgain));
        }

        private @Nullable Settlement afterAmbiguity(Duration since) {
            if (channel.idempotent() || isRepeatable()) {
                return send(null);
            }
            if (!claimed.creates() || !channel.can(Operation.FIND_ORDER)) {
                if (claimed.vouchedFor()) {
                    return send(null);
                }
                gate.unused();
                return settled(new Outcome.Unknown(
                        "outcome-unknown",
                        "It is not known whether " + claimed.channel()
                                + " took this, and it can neither be asked nor repeated safely. Look there; then retry it if it is"
                                + " missing."));
            }
            Duration settle = channel.findSettle();
            if (since.compareTo(settle) < 0) {
                gate.unused();
                return settled(later(
                        "find-settle",
                        "Waits until a created order would be visible there.",
                        settle.minus(since).plusMillis(10)));
            }
            for (int look = 0; look < LOOKS; look++) {
                Exchange found = call(Operation.FIND_ORDER.word());
                @Nullable Exception e = found.getException();
                if (e != null) {
                    return settled(lookFailed(found, e));
                }
                String id = found.getVariable("externalId", String.class);
                if (id != null) {
                    gate.answered();
                    return settled(new Outcome.Delivered(id, found.getVariable("externalUrl", String.class)));
                }
            }
            return send(settle);
        }

        /** An update or a whole cancellation says how things shall be: saying it twice does no harm. */
        private boolean isRepeatable() {
            return channel.connector().calls().repeatable().stream()
                            .anyMatch(operation -> operation.word().equals(claimed.operation()))
                    || claimed.operation().equals(Operation.UPDATE_ORDER.word())
                    || claimed.event() instanceof OrderCancelled cancelled
                            && cancelled.lines().isEmpty()
                    || claimed.operation().equals(Operation.SET_STATUS.word());
        }

        /** A look that fails changes nothing about the open question. */
        private Outcome lookFailed(Exchange exchange, Exception e) {
            Outcome outcome = outcome(exchange, e);
            if (outcome instanceof Outcome.Ambiguous a) {
                return later(a.code(), a.error(), a.delay());
            }
            if (outcome instanceof Outcome.Failed f) {
                return new Outcome.Unknown(f.code(), "The look-up failed: " + f.error());
            }
            return outcome;
        }

        private Outcome lookForTwin() {
            Exchange found = call(claimed.operation());
            @Nullable Exception e = found.getException();
            if (e != null) {
                return outcome(found, e);
            }
            gate.answered();
            List<?> ids = found.getVariable("externalIds", List.of(), List.class);
            String id = found.getVariable("externalId", String.class);
            List<String> twins = (ids.isEmpty() && id != null ? List.of(id) : ids)
                    .stream()
                            .map(String::valueOf)
                            .filter(other -> !other.equals(claimed.externalId()))
                            .toList();
            return twins.isEmpty() ? new Outcome.Delivered(null, null) : twins(twins);
        }

        /** Raised as an issue in any case; cancelled where the destination can be told to. */
        private Outcome twins(List<String> twins) {
            boolean cancelled =
                    channel.can(Operation.CANCEL_ORDER) && twins.stream().allMatch(this::cancelTwin);
            return new Outcome.Failed(
                    "twin-found",
                    "The destination has this order more than once: " + String.join(", ", twins) + " beside "
                            + claimed.externalId() + ". "
                            + (cancelled
                                    ? "The others were cancelled there; have a look."
                                    : "Cancel the others there, then retry this look-up."));
        }

        private boolean cancelTwin(String twin) {
            Exchange exchange = routes.request("direct:deliver", e -> {
                e.getMessage()
                        .setBody(EventJson.tree(new OrderCancelled(
                                claimed.sourceOrderId(), "twin:" + twin, null, "system", "created twice", List.of())));
                e.setVariable("channel", claimed.channel());
                e.setVariable("operation", Operation.CANCEL_ORDER.word());
                e.setVariable("idempotencyKey", claimed.key() + "-" + twin);
                e.setVariable("externalId", twin);
                e.setVariable("delivery", claimed);
            });
            return exchange.getException() == null;
        }

        private Exchange call(String operation) {
            ObjectNode body = status == null
                    ? Rendering.event(claimed, channel, bundle.skus())
                    : EventJson.tree(status.rendered());
            Exchange exchange = routes.request("direct:deliver", e -> prepare(e, claimed, channel, operation, body));
            last = exchange;
            return exchange;
        }

        private Outcome outcome(Exchange exchange, Exception e) {
            DeliveryFault fault = Fault.find(e, DeliveryFault.class);
            if (fault != null) {
                return ofAnswer(exchange, fault);
            }
            if (isChannelDown(e)) {
                gate.down(e);
                if (Wire.wroteBefore(exchange)) {
                    return ambiguous(
                            "no-answer", "After a first request the channel was gone: " + named(e) + ".", null);
                }
                return later("circuit", "The channel cannot be reached: " + named(e) + ".", CIRCUIT_OPEN);
            }
            boolean sent = exchange.getVariable("sent", false, Boolean.class);
            if (Fault.find(e, IOException.class) != null && sent) {
                gate.unanswered(e);
                return ambiguous("no-answer", "No answer came: " + named(e) + ".", null);
            }
            if (Fault.find(e, IOException.class) != null) {
                gate.unanswered(e);
                return retry("no-answer", "No answer came to a question: " + named(e) + ".", null);
            }
            gate.unused();
            return ofOurOwn(e, sent);
        }

        private Outcome ofAnswer(Exchange exchange, DeliveryFault fault) {
            String code = fault.faultKind().code();
            String error = String.valueOf(fault.getMessage());
            return switch (fault.faultKind()) {
                case CHANNEL_DOWN -> {
                    gate.down(fault);
                    yield Wire.wroteBefore(exchange)
                            ? ambiguous(code, error, null)
                            : later("circuit", error, CIRCUIT_OPEN);
                }
                case BUSY -> {
                    gate.answered();
                    yield retry(code, error, fault.retryAfter());
                }
                case NO_ANSWER -> {
                    gate.unanswered(fault);
                    yield ambiguous(code, error, fault.retryAfter());
                }
                case REFUSED -> {
                    gate.answered();
                    yield new Outcome.Failed(code, error);
                }
                case UNKNOWN_SKU -> {
                    gate.answered();
                    yield new Outcome.Later("awaiting-mapping", code, error, Duration.ofMinutes(5));
                }
            };
        }

        /** Something failed beside the call: labels, settings, a mapping, a defect. What was sent before may have been taken. */
        private Outcome ofOurOwn(Exception e, boolean sent) {
            WaybillException known = Fault.find(e, WaybillException.class);
            if (known == null) {
                log.atWarn()
                        .addKeyValue("delivery", claimed.deliveryId())
                        .addKeyValue("channel", claimed.channel())
                        .setCause(e)
                        .log("An operation failed");
            }
            String code = known == null ? "route-failed" : known.code().code();
            String error = known == null
                    ? "The route of " + claimed.operation() + " failed: " + named(e) + "."
                    : String.valueOf(known.getMessage());
            if (sent) {
                return ambiguous(code, error, null);
            }
            return known != null && known.code().kind() == ErrorKind.PARTNER
                    ? retry(code, error, null)
                    : new Outcome.Failed(code, error);
        }

        private Outcome retry(String code, String error, @Nullable Duration asked) {
            if (!retries.isExhausted(claimed.attempts())) {
                return new Outcome.Retry(code, error, retries.delay(claimed.attempts(), asked));
            }
            boolean doubtful = claimed.ambiguousFor() != null && !channel.idempotent();
            return doubtful ? new Outcome.Unknown(code, error) : new Outcome.Failed(code, error);
        }

        private Outcome ambiguous(String code, String error, @Nullable Duration asked) {
            return retries.isExhausted(claimed.attempts())
                    ? new Outcome.Unknown(code, error)
                    : new Outcome.Ambiguous(code, error, retries.delay(claimed.attempts(), asked));
        }

        private Settlement settled(Outcome outcome) {
            boolean state = claimed.isState() && !claimed.operation().equals(Operation.FIND_ORDER.word());
            Exchange exchange = last;
            if (exchange == null) {
                return unsent(claimed, outcome);
            }
            Integer status = exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
            return new Settlement(
                    claimed,
                    outcome,
                    state ? claimed.revision() : 0,
                    status == null ? 0 : status,
                    exchange.getVariable(Wire.REQUEST, String.class),
                    exchange.getVariable(Wire.RESPONSE, String.class),
                    bundle.hash());
        }
    }

    /** Nothing can have been taken: the connection was never made. */
    private static boolean isChannelDown(Exception e) {
        return Fault.find(e, ConnectException.class) != null
                || Fault.find(e, UnknownHostException.class) != null
                || Fault.find(e, NoRouteToHostException.class) != null
                || Fault.find(e, ConnectTimeoutException.class) != null
                || Fault.find(e, ConnectionRequestTimeoutException.class) != null
                || Fault.find(e, SSLHandshakeException.class) != null;
    }

    /** The exception's class says enough; its message may hold what was sent. */
    private static String named(Exception e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getClass().getSimpleName();
    }
}
