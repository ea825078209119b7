package io.waybill.task;

import io.waybill.flow.FlowSettings;
import io.waybill.flow.Inbox;
import io.waybill.flow.NewArticles;
import io.waybill.flow.Routes;
import io.waybill.flow.StatusAgain;
import io.waybill.ledger.Cursors;
import io.waybill.ledger.Products;
import io.waybill.ledger.Runs;
import io.waybill.ledger.Statuses;
import io.waybill.ledger.Stocks;
import io.waybill.ledger.TaskSwitches;
import java.time.Clock;
import java.util.List;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.component.quartz.QuartzConstants;
import org.apache.camel.spi.ComponentCustomizer;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.AsyncTaskExecutor;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TaskSettings.class)
class TaskConfiguration {
    @Bean
    Runs runs(DataSource dataSource, FlowSettings settings) {
        return new Runs(dataSource, settings.node());
    }

    @Bean
    Cursors cursors(DataSource dataSource) {
        return new Cursors(dataSource);
    }

    @Bean
    TaskSwitches taskSwitches(DataSource dataSource) {
        return new TaskSwitches(dataSource);
    }

    @Bean
    Work importing(Routes routes, Inbox inbox, Cursors cursors, TaskSettings settings, Clock clock) {
        return new Importing(routes, inbox, cursors, settings, clock);
    }

    @Bean
    Products products(DataSource dataSource) {
        return new Products(dataSource);
    }

    @Bean
    Stocks stocks(DataSource dataSource) {
        return new Stocks(dataSource);
    }

    @Bean
    Work importingArticles(Routes routes, Products products, Stocks stocks, NewArticles newArticles) {
        return new ImportingArticles(routes, products, stocks, newArticles);
    }

    @Bean
    Work writingInventory(Routes routes, Stocks stocks) {
        return new WritingInventory(routes, stocks);
    }

    @Bean
    Work operating(Routes routes) {
        return new Operating(routes);
    }

    @Bean
    Work syncingStatuses(Routes routes, Inbox inbox, Statuses statuses, StatusAgain again) {
        return new SyncingStatuses(routes, inbox, statuses, again);
    }

    @Bean
    Timetable timetable(TaskSettings settings, List<Work> works) {
        return new Timetable(settings.folders(), TaskRunner.kinds(works));
    }

    @Bean(destroyMethod = "")
    TaskRunner taskRunner(
            Routes routes,
            Runs runs,
            Timetable timetable,
            List<Work> works,
            @Qualifier("applicationTaskExecutor") AsyncTaskExecutor threads) {
        return new TaskRunner(routes, runs, timetable, works, threads);
    }

    @Bean
    TaskSchedule taskSchedule(
            CamelContext root,
            Routes routes,
            Runs runs,
            TaskSwitches switches,
            Timetable timetable,
            TaskRunner runner) {
        return new TaskSchedule(root, routes, runs, switches, timetable, runner);
    }

    @Bean
    TaskSwitching taskSwitching(TaskSwitches switches, Timetable timetable, TaskSchedule schedule) {
        return new TaskSwitching(switches, timetable, schedule);
    }

    @Bean
    TaskStandings taskStandings(Timetable timetable, TaskSwitches switches) {
        return new TaskStandings(timetable, switches);
    }

    /** Camel runs the tasks by the scheduler that keeps its triggers in PostgreSQL, and starts it when it is up itself. */
    @Bean
    ComponentCustomizer quartzOnPostgres(Scheduler scheduler) {
        return ComponentCustomizer.builder(QuartzComponent.class).build(component -> component.setScheduler(scheduler));
    }

    /**
     * Jobs in the database name the context that runs them. A context whose name was taken in this JVM is managed, and kept by
     * the component, under another one, which no other server knows.
     */
    @Bean
    CamelContextConfiguration jobsFindTheContextByItsName(Scheduler scheduler) {
        return new CamelContextConfiguration() {
            @Override
            public void beforeApplicationStart(CamelContext context) {
                try {
                    scheduler.getContext().put(QuartzConstants.QUARTZ_CAMEL_CONTEXT + "-" + context.getName(), context);
                } catch (SchedulerException e) {
                    throw new IllegalStateException("the scheduler has no context", e);
                }
            }

            @Override
            public void afterApplicationStart(CamelContext context) {}
        };
    }
}
