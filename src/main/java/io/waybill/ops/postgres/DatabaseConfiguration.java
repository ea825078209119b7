package io.waybill.ops.postgres;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Database first, pool second; closed the other way round. Flyway runs on the pool before anything else uses it. */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {
    @Bean(destroyMethod = "close")
    Database database(
            @Value("${waybill.database.url}") String url,
            @Value("${waybill.database.user}") String user,
            @Value("${waybill.database.password}") String password,
            @Value("${waybill.data}") String data) {
        return Database.open(url, user, password, Path.of(data));
    }

    @Bean(destroyMethod = "close")
    HikariDataSource dataSource(Database database, @Value("${waybill.database.pool}") int size) {
        HikariDataSource pool = new HikariDataSource();
        pool.setPoolName("ledger");
        pool.setJdbcUrl(database.url());
        pool.setUsername(database.user());
        pool.setPassword(database.password());
        pool.setMaximumPoolSize(size);
        pool.addDataSourceProperty("ApplicationName", "waybill");
        // A violated constraint quotes the row: customers' data that would end up in logs.
        pool.addDataSourceProperty("logServerErrorDetail", "false");
        // A dead network is noticed; no statement of ours takes a minute.
        pool.addDataSourceProperty("socketTimeout", "60");
        pool.addDataSourceProperty("tcpKeepAlive", "true");
        // Batches go as one statement.
        pool.addDataSourceProperty("reWriteBatchedInserts", "true");
        // Every hot statement finds few rows by index, and the pages are in memory: with the default guess for spinning
        // disks
        // the planner reads whole tables instead, more of them every day.
        pool.setConnectionInitSql("set random_page_cost = 1.1; set jit = off");
        DatabaseChecks.verify(pool);
        return pool;
    }

    @Bean
    Migrations migrations() {
        return new Migrations();
    }
}
