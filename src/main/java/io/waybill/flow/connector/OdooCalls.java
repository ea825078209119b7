package io.waybill.flow.connector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.channel.Channel;
import io.waybill.channel.Settings;
import io.waybill.flow.DeliveryFault;
import io.waybill.flow.DeliveryFault.Kind;
import io.waybill.flow.Routes;
import io.waybill.order.EventJson;
import io.waybill.order.InvalidEvent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * The bean {@code odoo}: mappings speak Odoo's newer tongue ({@code POST /json/2/<model>/<method>}, Odoo 19 and later); an
 * older Odoo is told the same by {@code /jsonrpc}, where login and key stand in the body. Which one an Odoo understands is
 * asked once and known for a while, and forgotten when it lets us in no more. The version becomes the variable {@code odoo}.
 */
public final class OdooCalls {
    private static final Duration KNOWN_FOR = Duration.ofHours(1);
    private static final int FIRST_WITH_JSON_2 = 19;
    private static final int OK = 200;
    private static final int UNAUTHORISED = 401;
    private static final String HELD = "odooHeld";
    private static final Pattern ADDRESS = Pattern.compile("/json/2/([a-z0-9._]+)/([a-z0-9_]+)");
    private static final Pattern MAJOR = Pattern.compile("\\d+");
    /** Odoo 16 looks at the first argument of create by its place; the others are told as its own clients do. */
    private static final Map<String, List<String>> BY_PLACE = Map.of(
            "create", List.of("vals_list"),
            "write", List.of("vals"),
            "load", List.of("fields", "data"),
            "search_read", List.of("domain"));

    private final Settings settings;
    private final Clock clock;
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();

    OdooCalls(Settings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** @param user null where the key alone says who asks */
    private record Session(int version, @Nullable Long user, String account, Instant learnt) {}

    public boolean isStrange(Exchange exchange) {
        return exchange.getVariable(Requests.CALL) != null && known(exchange) == null;
    }

    /** The request of the operation waits meanwhile. */
    public void askVersion(Exchange exchange) {
        exchange.setVariable(HELD, exchange.getVariable(Requests.CALL));
        ObjectNode call = EventJson.MAPPER.createObjectNode();
        call.put("path", "/web/version").put("anonymous", true);
        call.putObject("headers").put("X-Odoo-Database", setting(exchange, "database"));
        exchange.setVariable(Requests.CALL, Call.of(call, "of the version"));
    }

    /** Anything but a version is an older Odoo, or one without its database: it is asked the older way then. */
    public void learnVersion(Exchange exchange) {
        int version = status(exchange) == OK ? version(body(exchange).path("version_info")) : 0;
        if (version >= FIRST_WITH_JSON_2) {
            learnt(exchange, version, null);
        }
    }

    public void askOldVersion(Exchange exchange) {
        exchange.setVariable(Requests.CALL, rpc("common", "version", EventJson.MAPPER.createArrayNode(), true));
    }

    public void learnOldVersion(Exchange exchange) {
        exchange.setVariable("odooVersion", version(body(exchange).at("/result/server_version_info")));
    }

    public void askUser(Exchange exchange) {
        ArrayNode arguments = EventJson.MAPPER
                .createArrayNode()
                .add(setting(exchange, "database"))
                .add(setting(exchange, "login"))
                .add(setting(exchange, "key"));
        arguments.addObject();
        exchange.setVariable(Requests.CALL, rpc("common", "authenticate", arguments, true));
    }

    /** {@code false} is a wrong login or key. */
    public void learnUser(Exchange exchange) {
        JsonNode user = body(exchange).path("result");
        if (!user.isIntegralNumber()) {
            throw new DeliveryFault(
                    Kind.CHANNEL_DOWN,
                    "Odoo does not know this login and key. Check login, key and database in the channel's settings.",
                    null);
        }
        learnt(exchange, exchange.getVariable("odooVersion", 0, Integer.class), user.longValue());
    }

    private void learnt(Exchange exchange, int version, @Nullable Long user) {
        sessions.put(channel(exchange).name(), new Session(version, user, account(exchange), clock.instant()));
        exchange.setVariable(Requests.CALL, exchange.removeVariable(HELD));
    }

    /** Turns the request into one that this Odoo understands. */
    public void speak(Exchange exchange) {
        Call call = exchange.getVariable(Requests.CALL, Call.class);
        @Nullable Session session = sessions.get(channel(exchange).name());
        if (call == null || session == null) {
            return;
        }
        exchange.setVariable("odoo", EventJson.MAPPER.createObjectNode().put("version", session.version()));
        Long user = session.user();
        if (user != null) {
            exchange.setVariable(Requests.CALL, old(exchange, call, user));
        }
    }

    private Call old(Exchange exchange, Call call, long user) {
        Matcher address = ADDRESS.matcher(call.address());
        if (!address.matches()) {
            throw new IllegalStateException(call.address() + " is no call of a model's method");
        }
        ObjectNode named =
                (ObjectNode) EventJson.tree(Objects.requireNonNull(call.body(), "every such call has a body"));
        ArrayNode placed = EventJson.MAPPER.createArrayNode();
        if (named.has("ids")) {
            placed.add(named.remove("ids"));
        }
        for (String name : BY_PLACE.getOrDefault(address.group(2), List.of())) {
            placed.add(named.remove(name));
        }
        ArrayNode arguments = EventJson.MAPPER
                .createArrayNode()
                .add(setting(exchange, "database"))
                .add(user)
                .add(setting(exchange, "key"))
                .add(address.group(1))
                .add(address.group(2));
        arguments.add(placed).add(named);
        return rpc("object", "execute_kw", arguments, call.reads());
    }

    private static Call rpc(String service, String method, ArrayNode arguments, boolean reads) {
        ObjectNode call = EventJson.MAPPER.createObjectNode();
        call.put("method", "POST").put("path", "/jsonrpc").put("reads", reads).put("anonymous", true);
        ObjectNode body = call.putObject("body");
        body.put("jsonrpc", "2.0").put("method", "call").put("id", 1);
        body.putObject("params").put("service", service).put("method", method).set("args", arguments);
        return Call.of(call, "of the older Odoo");
    }

    /** Whoever is not let in any more may have become another version, or another user. */
    public void listen(Exchange exchange) {
        if (exchange.getVariable(Requests.CALL) == null) {
            return;
        }
        String refused = body(exchange).at("/error/data/name").asText();
        if (status(exchange) == UNAUTHORISED || refused.endsWith("AccessDenied")) {
            sessions.remove(channel(exchange).name());
        }
    }

    /** What the method answered becomes the body, whichever way it was asked; null where nothing was asked. */
    public void unwrap(Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        if (exchange.getVariable(Requests.CALL) == null) {
            exchange.getMessage().setBody(NullNode.instance);
        } else if (body instanceof JsonNode answer && answer.has("jsonrpc")) {
            exchange.getMessage().setBody(answer.hasNonNull("result") ? answer.get("result") : NullNode.instance);
        }
    }

    private @Nullable Session known(Exchange exchange) {
        @Nullable Session session = sessions.get(channel(exchange).name());
        boolean holds = session != null
                && session.account().equals(account(exchange))
                && session.learnt().plus(KNOWN_FOR).isAfter(clock.instant());
        return holds ? session : null;
    }

    private String account(Exchange exchange) {
        Channel channel = channel(exchange);
        return settings.resolve(channel, "url")
                + ' '
                + settings.resolve(channel, "database")
                + ' '
                + settings.find(channel, "login").orElse("");
    }

    private String setting(Exchange exchange, String name) {
        return settings.resolve(channel(exchange), name);
    }

    /** {@code [19, 0, …]}; between releases {@code ["saas~18", …]}. */
    private static int version(JsonNode info) {
        Matcher major = MAJOR.matcher(info.path(0).asText());
        return major.find() ? Integer.parseInt(major.group()) : 0;
    }

    private static int status(Exchange exchange) {
        return exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class);
    }

    private static JsonNode body(Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        if (body instanceof JsonNode tree) {
            return tree;
        }
        byte[] bytes = exchange.getMessage().getBody(byte[].class);
        try {
            return bytes == null || bytes.length == 0 ? NullNode.instance : EventJson.tree(bytes);
        } catch (InvalidEvent e) {
            return NullNode.instance;
        }
    }

    private static Channel channel(Exchange exchange) {
        String name = exchange.getVariable("channel", "", String.class);
        return Routes.bundleOf(exchange)
                .channel(name)
                .orElseThrow(() -> new IllegalStateException("there is no channel " + name + " in this deployment"));
    }
}
