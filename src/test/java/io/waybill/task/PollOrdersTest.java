package io.waybill.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.flow.Routes;
import io.waybill.ledger.Cursors;
import io.waybill.ledger.LedgerError;
import io.waybill.ledger.RunSummary;
import io.waybill.ledger.Runs;
import io.waybill.ledger.TaskSwitches;
import io.waybill.order.WaybillException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.impl.engine.ExplicitCamelContextNameStrategy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quartz.Scheduler;
import org.springframework.boot.autoconfigure.quartz.QuartzProperties;
import org.springframework.scheduling.quartz.SchedulerFactoryBean;

/** A shop polled over HTTP by the whole server. */
class PollOrdersTest {
    @TempDir
    private static Path folder;

    private static ShopPages shop;
    private static TestServer server;

    private final Instant base = Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(2, ChronoUnit.HOURS);

    @BeforeAll
    static void start() throws IOException {
        shop = new ShopPages();
        TestServer.channel(
                folder,
                "shop",
                """
                connector: http
                title: A shop that is polled
                role: marketplace
                settings: { pollUrl: "%s" }
                tasks:
                  import-orders: { every: 1h, enabled: false }
                """
                        .formatted(shop.url()));
        server = TestServer.start(folder);
    }

    @AfterAll
    static void stop() {
        server.close();
        shop.close();
    }

    @BeforeEach
    @AfterEach
    void clear() {
        shop.orders.clear();
        shop.asked.clear();
        shop.afterPage = () -> {};
        shop.status = 200;
        shop.poison = "";
        server.bean(Cursors.class).reset("shop", "import-orders");
        server.rows("with r as (delete from receipt), b as (delete from receipt_body) delete from run returning 1");
    }

    @Test
    void losesNoneOfManyOrdersThatMoveUnderThePoll() {
        shop.sell(1, 200, base);
        AtomicInteger pages = new AtomicInteger();
        shop.afterPage = () -> {
            int page = pages.incrementAndGet();
            // An order that was not read yet moves to the end, one that was read changes again, a new one comes.
            if (page < 4) {
                shop.orders.put("O-" + (page * 50 + 10), base.plusSeconds(1000 + page));
                shop.orders.put("O-" + page, base.plusSeconds(2000 + page));
                shop.sell(300 + page, 1, base.plusSeconds(3000 + page));
            }
        };

        Runs.Run run = server.bean(TaskRunner.class).run("shop", "import-orders", "ada");

        assertThat(run.state()).isEqualTo("done");
        assertThat(run.by()).isEqualTo("ada");
        shop.orders.forEach((id, at) -> assertThat(
                        server.ask(Long.class, "select count(*) from receipt where event_id = ?", id + "@" + at))
                .as(id)
                .isOne());
    }

    @Test
    void anOverlapMakesDuplicatesAndNoSecondImport() {
        shop.sell(1, 10, Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(100));
        TaskRunner runner = server.bean(TaskRunner.class);
        runner.run("shop", "import-orders", "ada");
        long receipts = server.ask(Long.class, "select count(*) from receipt");

        RunSummary again = runner.run("shop", "import-orders", "ada").summary();

        assertThat(again.stored()).isZero();
        assertThat(again.duplicates()).isGreaterThanOrEqualTo(10);
        assertThat(server.ask(Long.class, "select count(*) from receipt")).isEqualTo(receipts);
    }

    @Test
    void goesOnFromTheCursorLessTheOverlap() {
        shop.sell(1, 3, base);
        TaskRunner runner = server.bean(TaskRunner.class);
        runner.run("shop", "import-orders", "ada");
        shop.asked.clear();

        runner.run("shop", "import-orders", "ada");

        assertThat(server.bean(Cursors.class)
                        .find("shop", "import-orders")
                        .orElseThrow()
                        .value())
                .isEqualTo(base.plusSeconds(2).toString());
        assertThat(shop.asked.get(0)).isEqualTo(base.plusSeconds(2).minus(5, ChronoUnit.MINUTES));
    }

    @Test
    void aPollThatFailsLeavesTheCursorAndIsShown() {
        shop.sell(1, 3, base);
        TaskRunner runner = server.bean(TaskRunner.class);
        runner.run("shop", "import-orders", "ada");
        String before = server.bean(Cursors.class)
                .find("shop", "import-orders")
                .orElseThrow()
                .value();
        shop.status = 503;

        Runs.Run run = runner.run("shop", "import-orders", "ada");

        assertThat(run.state()).isEqualTo("failed");
        assertThat(run.errorCode()).isEqualTo("no-answer");
        assertThat(server.bean(Cursors.class)
                        .find("shop", "import-orders")
                        .orElseThrow()
                        .value())
                .isEqualTo(before);
    }

    @Test
    void aPoisonedElementParksAloneAndStopsNobody() {
        shop.sell(1, 3, base);
        shop.poison = "{\"type\": \"order\", \"order\": {\"id\": \"a\\u0000b\", \"updatedAt\": 7}}, 42";

        Runs.Run run = server.bean(TaskRunner.class).run("shop", "import-orders", "ada");

        assertThat(run.state()).isEqualTo("done");
        TestServer.await(() -> server.ask(Long.class, "select count(*) from receipt where state = 'parked'") == 2
                && server.ask(Long.class, "select count(*) from receipt where state = 'imported'") == 3);
    }

    @Test
    void refusesASecondRunWhileOneIsUnderWay() {
        TaskRunner runner = server.bean(TaskRunner.class);
        server.bean(Runs.class).start("shop", "import-orders", Runs.Trigger.MANUAL, "bob");

        assertThatThrownBy(() -> runner.run("shop", "import-orders", "ada"))
                .isInstanceOfSatisfying(
                        WaybillException.class, e -> assertThat(e.code()).isEqualTo(LedgerError.WRONG_STATE));
    }

    @Test
    void aSwitchPutsATaskOnTheScheduleAndOffAgain() {
        shop.sell(1, 2, base);
        TaskSwitches switches = server.bean(TaskSwitches.class);
        TaskSchedule schedule = server.bean(TaskSchedule.class);

        switches.set("shop", "import-orders", TaskSwitches.Part.ENABLED, "true", "false", "ada");
        schedule.apply();

        TestServer.await(() ->
                server.ask(Long.class, "select count(*) from run where trigger = 'schedule' and state = 'done'") > 0);
        switches.clear("shop", "import-orders", TaskSwitches.Part.ENABLED, "ada");
        schedule.apply();
        assertThat(server.ask(
                        Long.class, "select count(*) from qrtz_triggers where trigger_name = 'shop.import-orders'"))
                .isZero();
    }

    /** Another node: its own Camel and its own Quartz over the same tables, the same runner behind both. */
    @Test
    void twoNodesOnOneDatabaseRunATaskOnceATime() throws Exception {
        TaskSwitches switches = server.bean(TaskSwitches.class);
        switches.set("shop", "import-orders", TaskSwitches.Part.ENABLED, "true", "false", "ada");
        switches.set("shop", "import-orders", TaskSwitches.Part.EVERY, "1s", "PT1H", "ada");
        SchedulerFactoryBean quartz = quartz();
        try (CamelContext other = camel(quartz.getObject())) {
            TaskSchedule second = new TaskSchedule(
                    other,
                    server.bean(Routes.class),
                    server.bean(Runs.class),
                    switches,
                    server.bean(Timetable.class),
                    server.bean(TaskRunner.class));
            Instant began = Instant.now();
            server.bean(TaskSchedule.class).apply();
            second.apply();

            TestServer.await(() -> shop.asked.size() >= 5);

            assertThat(server.ask(Long.class, "select count(*) from qrtz_scheduler_state"))
                    .isEqualTo(2);
            assertThat(shop.asked.size()).isLessThanOrEqualTo((int) began.until(Instant.now(), ChronoUnit.SECONDS) + 2);
        } finally {
            quartz.destroy();
            switches.clear("shop", "import-orders", TaskSwitches.Part.ENABLED, "ada");
            switches.clear("shop", "import-orders", TaskSwitches.Part.EVERY, "ada");
            server.bean(TaskSchedule.class).apply();
        }
    }

    private static SchedulerFactoryBean quartz() throws Exception {
        Properties properties = new Properties();
        properties.putAll(server.bean(QuartzProperties.class).getProperties());
        SchedulerFactoryBean quartz = new SchedulerFactoryBean();
        quartz.setQuartzProperties(properties);
        quartz.setDataSource(server.bean(DataSource.class));
        quartz.setAutoStartup(false);
        quartz.afterPropertiesSet();
        return quartz;
    }

    private static CamelContext camel(Scheduler scheduler) throws Exception {
        DefaultCamelContext context = new DefaultCamelContext();
        context.disableJMX();
        context.setNameStrategy(new ExplicitCamelContextNameStrategy("waybill"));
        QuartzComponent component = new QuartzComponent();
        component.setScheduler(scheduler);
        context.addComponent("quartz", component);
        context.start();
        return context;
    }
}
