package io.waybill.task;

import io.waybill.WaybillServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** The whole server with its own PostgreSQL, as it starts with nothing, in a folder of the tests. */
final class TestServer implements AutoCloseable {
    private final ConfigurableApplicationContext context;

    private TestServer(ConfigurableApplicationContext context) {
        this.context = context;
    }

    static TestServer start(Path folder, String... more) {
        List<String> settings = new ArrayList<>(List.of(
                "--server.port=0",
                "--waybill.routes=" + folder.resolve("routes"),
                "--waybill.data=" + folder.resolve("data"),
                "--waybill.sandbox=false",
                "--waybill.access.admin-token=admin-token",
                "--waybill.database.pool=8"));
        settings.addAll(List.of(more));
        return new TestServer(new SpringApplicationBuilder(WaybillServer.class).run(settings.toArray(String[]::new)));
    }

    static void channel(Path folder, String name, String yaml) {
        try {
            Path channels = Files.createDirectories(folder.resolve("routes/channels"));
            Files.writeString(channels.resolve(name + ".yaml"), yaml);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    <T> T ask(Class<T> type, String sql, Object... parameters) {
        return new JdbcTemplate(bean(DataSource.class)).queryForObject(sql, type, parameters);
    }

    List<Map<String, Object>> rows(String sql, Object... parameters) {
        return new JdbcTemplate(bean(DataSource.class)).queryForList(sql, parameters);
    }

    static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("did not happen within 60 s");
            }
            Thread.onSpinWait();
            java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
        }
    }

    static Stream<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList().stream();
        } catch (IOException e) {
            return Stream.empty();
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
