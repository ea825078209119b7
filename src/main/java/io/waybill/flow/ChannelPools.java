package io.waybill.flow;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.waybill.channel.Channel;
import io.waybill.channel.Settings;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One small pool a channel that is a database, made when it is first used. Address and password are resolved at each use:
 * when they have changed there is a new pool, and the old one closes as its connections come back. A pool that nobody has
 * used for ten minutes closes.
 */
public final class ChannelPools implements AutoCloseable {
    private static final int CONNECTIONS = 4;
    private static final long CONNECT_MILLIS = 5_000;
    private static final long UNUSED_NANOS = TimeUnit.MINUTES.toNanos(10);

    private final Settings settings;
    private final Map<String, Pool> pools = new HashMap<>();
    private final List<HikariDataSource> retired = new ArrayList<>();

    public ChannelPools(Settings settings) {
        this.settings = settings;
    }

    private record Access(String url, @Nullable String user, @Nullable String password) {}

    private static final class Pool {
        private final Access access;
        private final HikariDataSource source;
        private long used = System.nanoTime();

        private Pool(Access access, HikariDataSource source) {
            this.access = access;
            this.source = source;
        }
    }

    Connection connection(Channel channel) throws SQLException {
        return pool(channel).getConnection();
    }

    private synchronized HikariDataSource pool(Channel channel) {
        Access access = new Access(
                settings.resolve(channel, "url"),
                settings.find(channel, "user").orElse(null),
                settings.find(channel, "password").orElse(null));
        sweep();
        Pool known = pools.get(channel.name());
        if (known == null || !known.access.equals(access)) {
            Pool made = new Pool(access, open(channel, access));
            pools.put(channel.name(), made);
            if (known != null) {
                retired.add(known.source);
            }
            known = made;
        }
        known.used = System.nanoTime();
        return known.source;
    }

    private static HikariDataSource open(Channel channel, Access access) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("channel-" + channel.name());
        config.setJdbcUrl(access.url());
        config.setUsername(access.user());
        config.setPassword(access.password());
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(0);
        config.setIdleTimeout(TimeUnit.MINUTES.toMillis(1));
        config.setConnectionTimeout(CONNECT_MILLIS);
        // The first use tells whether it is there, as every later one does.
        config.setInitializationFailTimeout(-1);
        if (access.url().startsWith("jdbc:postgresql:")) {
            config.addDataSourceProperty("ApplicationName", "waybill");
            config.addDataSourceProperty("connectTimeout", "4");
            config.addDataSourceProperty("socketTimeout", "30");
            // A violated constraint quotes the row: customers' data.
            config.addDataSourceProperty("logServerErrorDetail", "false");
        }
        return new HikariDataSource(config);
    }

    private void sweep() {
        pools.values().removeIf(pool -> {
            boolean unused = System.nanoTime() - pool.used > UNUSED_NANOS;
            if (unused) {
                retired.add(pool.source);
            }
            return unused;
        });
        retired.removeIf(source -> {
            boolean idle = source.getHikariPoolMXBean() == null
                    || source.getHikariPoolMXBean().getActiveConnections() == 0;
            if (idle) {
                source.close();
            }
            return idle;
        });
    }

    synchronized int open() {
        return pools.size() + retired.size();
    }

    @Override
    public synchronized void close() {
        pools.values().forEach(pool -> pool.source.close());
        retired.forEach(HikariDataSource::close);
        pools.clear();
        retired.clear();
    }
}
