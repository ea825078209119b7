package io.waybill.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/**
 * A data source that asks PostgreSQL for its plan of every query just before that query runs, with the same values bound. So
 * a list is tested as it is called, with whatever else it reads for a page.
 *
 * <pre>{@code
 * WatchedPlans plans = new WatchedPlans(DATABASE.dataSource());
 * OrderViews orders = new OrderViews(plans.dataSource());
 * plans.assertIndexed(() -> orders.list(filter, null, 50));
 * }</pre>
 */
final class WatchedPlans {
    /** Tables that grow with the orders, and their partitions; a partition without a page costs nothing. */
    private static final Pattern WHOLE_TABLE = Pattern.compile(
            ".*Seq Scan on (orders|event|lane|delivery|receipt|receipt_body\\w*|attempt\\w*|run|audit|document|blob|product|stock)\\b"
                    + "(?!.*cost=0\\.00\\.\\.0\\.00).*");

    private static final Pattern BUFFERS = Pattern.compile("Buffers: shared(?: hit=(\\d+))?(?: read=(\\d+))?.*");

    private final DataSource dataSource;
    private final List<String> plan = new ArrayList<>();
    private boolean watching = true;
    private boolean analyze;
    private long pages;

    WatchedPlans(DataSource watched) {
        this.dataSource = proxy(DataSource.class, (proxy, method, arguments) -> {
            Object result = call(watched, method, arguments);
            return result instanceof Connection connection ? watched(connection) : result;
        });
    }

    DataSource dataSource() {
        return dataSource;
    }

    /** No table that grows with the orders is read whole. */
    void assertIndexed(Callable<?> list) {
        plan.clear();
        run(list);
        assertThat(plan).as("a query was watched").isNotEmpty();
        List<String> whole = plan.stream()
                .filter(line -> WHOLE_TABLE.matcher(line).matches())
                .toList();
        assertThat(whole).as(() -> String.join("\n", plan)).isEmpty();
    }

    /** How many pages of 8 KB the queries looked at: their cost, whatever else the machine is doing. */
    long pages(Callable<?> list) {
        plan.clear();
        pages = 0;
        analyze = true;
        try {
            run(list);
        } finally {
            analyze = false;
        }
        return pages;
    }

    /** Runs it without a look at its plans, for those that take the time. */
    void unwatched(Callable<?> list) {
        watching = false;
        try {
            run(list);
        } finally {
            watching = true;
        }
    }

    private static void run(Callable<?> list) {
        try {
            list.call();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private Connection watched(Connection connection) {
        return proxy(Connection.class, (proxy, method, arguments) -> {
            Object result = call(connection, method, arguments);
            return watching && result instanceof PreparedStatement statement && isQuery((String) arguments[0])
                    ? watched(statement, connection.prepareStatement(explain() + arguments[0]))
                    : result;
        });
    }

    private static boolean isQuery(String sql) {
        String text = sql.stripLeading();
        return text.startsWith("select") && !text.contains("for update") || text.startsWith("with");
    }

    private String explain() {
        return analyze ? "explain (analyze, buffers, timing off) " : "explain ";
    }

    private PreparedStatement watched(PreparedStatement statement, PreparedStatement explained) {
        return proxy(PreparedStatement.class, (proxy, method, arguments) -> {
            if (method.getName().startsWith("set")) {
                call(explained, method, arguments);
            } else if (method.getName().equals("executeQuery")) {
                read(explained);
            } else if (method.getName().equals("close")) {
                explained.close();
            }
            return call(statement, method, arguments);
        });
    }

    private void read(PreparedStatement explained) throws SQLException {
        try (ResultSet rows = explained.executeQuery()) {
            boolean top = true;
            while (rows.next()) {
                String line = rows.getString(1);
                plan.add(line);
                Matcher buffers = BUFFERS.matcher(line.strip());
                if (top && buffers.matches()) {
                    top = false;
                    pages += number(buffers.group(1)) + number(buffers.group(2));
                }
            }
        }
    }

    private static long number(String text) {
        return text == null ? 0 : Long.parseLong(text);
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(WatchedPlans.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
