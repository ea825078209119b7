package io.waybill.flow;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.channel.Channel;
import io.waybill.flow.DeliveryFault.Kind;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Timestamp;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * The bean {@code channelDatabase}: what the routes of the database connector do around their one {@code jdbc:} step. Each channel
 * has a data source {@code database-<channel>} of its own in the generation's registry.
 */
public final class ChannelDatabase {
    private static final String FIRST_CURSOR = "0";
    private static final int ANSWER_SECONDS = 10;

    private final ChannelPools pools;

    public ChannelDatabase(ChannelPools pools) {
        this.pools = pools;
    }

    /** A channel's database as Camel looks it up; the connection is the pool's of that moment. */
    private static final class Source extends AbstractDataSource {
        private final ChannelPools pools;
        private final Channel channel;

        private Source(ChannelPools pools, Channel channel) {
            this.pools = pools;
            this.channel = channel;
        }

        @Override
        public Connection getConnection() throws SQLException {
            return pools.connection(channel);
        }

        @Override
        public Connection getConnection(@Nullable String user, @Nullable String password) throws SQLException {
            return getConnection();
        }
    }

    /** Whether the database lets us in; asks it nothing of its own. */
    public void check(Exchange exchange) {
        try (Connection connection = pools.connection(channel(exchange))) {
            if (!connection.isValid(ANSWER_SECONDS)) {
                throw new DeliveryFault(
                        Kind.NO_ANSWER, "The database took the connection and gives no answer on it.", null);
            }
        } catch (SQLException e) {
            throw fault(e);
        }
        exchange.getMessage().setBody(null);
    }

    /** What the statement may name as {@code :?cursor}; numbers and instants bind as what they are. */
    public void askFrom(Exchange exchange) {
        connect(exchange);
        String cursor = exchange.getVariable("cursor", String.class);
        exchange.getMessage().setHeader("cursor", typed(cursor == null ? FIRST_CURSOR : cursor));
    }

    /** What the statement may name as {@code :?event}, {@code :?reference}, {@code :?idempotencyKey}, {@code :?number}. */
    public void fill(Exchange exchange) {
        connect(exchange);
        JsonNode event = exchange.getMessage().getBody(JsonNode.class);
        exchange.getMessage().setHeader("event", event == null ? null : event.toString());
        exchange.getMessage()
                .setHeader(
                        "number",
                        event == null ? null : event.at("/order/number").asText(null));
        exchange.getMessage().setHeader("reference", exchange.getVariable("reference", String.class));
        exchange.getMessage().setHeader("idempotencyKey", exchange.getVariable("idempotencyKey", String.class));
    }

    /** For the sync log; from here on it may have happened. */
    public void note(Exchange exchange) {
        String event = exchange.getMessage().getHeader("event", String.class);
        exchange.setVariable(
                Wire.REQUEST, exchange.getMessage().getBody(String.class) + (event == null ? "" : "\n\n" + event));
    }

    private void connect(Exchange exchange) {
        String name = exchange.getVariable("channel", "", String.class);
        String source = "database-" + name;
        if (exchange.getContext().getRegistry().lookupByName(source) == null) {
            exchange.getContext().getRegistry().bind(source, new Source(pools, channel(exchange)));
        }
    }

    private static Channel channel(Exchange exchange) {
        return Routes.bundleOf(exchange)
                .channel(exchange.getVariable("channel", "", String.class))
                .orElseThrow(() -> new IllegalStateException("the exchange variable 'channel' names no channel"));
    }

    private static Object typed(String cursor) {
        if (cursor.matches("-?\\d{1,18}")) {
            return Long.valueOf(cursor);
        }
        try {
            return Timestamp.from(Instant.parse(cursor));
        } catch (DateTimeException e) {
            return cursor;
        }
    }

    /** Rows become the page: column {@code event} each, column {@code cursor} of the last. */
    public void polled(Exchange exchange) {
        List<Object> events = new ArrayList<>();
        @Nullable Object cursor = null;
        for (Map<?, ?> row : rows(exchange)) {
            Object event = column(row, "event");
            cursor = column(row, "cursor");
            if (event == null || cursor == null) {
                throw new DeliveryFault(
                        Kind.REFUSED,
                        "A row of the poll statement has no event or no cursor. Select both, under these names.",
                        null);
            }
            events.add(event.toString());
        }
        exchange.getMessage().setBody(events);
        exchange.setVariable("nextCursor", cursor == null ? null : text(cursor));
        exchange.setVariable("hasMore", !events.isEmpty());
    }

    private static String text(Object cursor) {
        if (cursor instanceof Timestamp stamp) {
            return stamp.toInstant().toString();
        }
        return cursor instanceof OffsetDateTime time ? time.toInstant().toString() : cursor.toString();
    }

    /** Column {@code id} of each row found, column {@code url} of the first. */
    public void found(Exchange exchange) {
        List<String> ids = new ArrayList<>();
        for (Map<?, ?> row : rows(exchange)) {
            link(exchange, row);
            String id = exchange.getVariable("externalId", String.class);
            if (id != null) {
                ids.add(id);
            }
        }
        if (!ids.isEmpty()) {
            exchange.setVariable("externalId", ids.get(0));
            exchange.setVariable("externalIds", ids);
        }
    }

    /** Column {@code id} of what was made, when the statement returns it. */
    public void created(Exchange exchange) {
        rows(exchange).stream().findFirst().ifPresent(row -> link(exchange, row));
        exchange.setVariable(Wire.RESPONSE, "done: " + exchange.getVariable("externalId", "", String.class));
    }

    private static void link(Exchange exchange, Map<?, ?> row) {
        Object id = column(row, "id");
        Object url = column(row, "url");
        exchange.setVariable("externalId", id == null ? null : id.toString());
        if (url != null) {
            exchange.setVariable("externalUrl", url.toString());
        }
    }

    /** Databases differ in the case of a column's name. */
    private static @Nullable Object column(Map<?, ?> row, String name) {
        Object value = row.get(name);
        return value == null ? row.get(name.toUpperCase(Locale.ROOT)) : value;
    }

    private static List<Map<?, ?>> rows(Exchange exchange) {
        List<Map<?, ?>> rows = new ArrayList<>();
        if (exchange.getMessage().getBody() instanceof List<?> list) {
            list.forEach(row -> rows.add((Map<?, ?>) row));
        }
        return rows;
    }

    /** What a failed statement means for the delivery. The database's own words may quote customers' data: left out. */
    public void refuse(Exchange exchange) {
        Exception e = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        SQLException sql = Fault.find(e, SQLException.class);
        if (sql == null) {
            throw e instanceof RuntimeException runtime ? runtime : new IllegalStateException("the route failed", e);
        }
        throw fault(sql);
    }

    static DeliveryFault fault(SQLException e) {
        String state = e.getSQLState() == null ? "none" : e.getSQLState();
        String said = " (SQL state " + state + ").";
        // Only the pool throws this, and only when it has no connection to give: nothing was sent.
        if (e instanceof SQLTransientConnectionException || state.startsWith("28") || state.startsWith("3D")) {
            return new DeliveryFault(
                    Kind.CHANNEL_DOWN,
                    "The database cannot be reached" + said + " Check url, user and password.",
                    null);
        }
        return switch (state.substring(0, 2)) {
            case "40", "55" -> new DeliveryFault(Kind.BUSY, "The database is busy" + said, null);
            case "22", "23", "42" ->
                new DeliveryFault(
                        Kind.REFUSED,
                        "The database refused the statement" + said + " Mend the row or the statement, then retry.",
                        null);
            default ->
                new DeliveryFault(
                        Kind.NO_ANSWER, "The database gave no answer" + said + " It may have taken it or not.", null);
        };
    }
}
