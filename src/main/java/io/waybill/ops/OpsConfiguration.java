package io.waybill.ops;

import io.micrometer.core.instrument.MeterRegistry;
import io.waybill.camel.Deployments;
import io.waybill.flow.ChannelGates;
import io.waybill.flow.Dispatcher;
import io.waybill.flow.FlowSettings;
import io.waybill.flow.Inbox;
import io.waybill.flow.Routes;
import io.waybill.ledger.AuditLog;
import io.waybill.ledger.LiveFigures;
import io.waybill.ledger.ManualRetries;
import io.waybill.ledger.Nodes;
import io.waybill.ledger.Switches;
import io.waybill.task.TaskRunner;
import io.waybill.task.TaskSwitching;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.function.Function;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(OpsSettings.class)
class OpsConfiguration {
    private static final Duration FRESH = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** Makes what is known of a channel by its name. */
    interface LiveChannels extends Function<String, ChannelMXBean> {}

    @Bean
    FlowWatch flowWatch(MeterRegistry meters, ApplicationEventPublisher events) {
        return new FlowWatch(meters, events);
    }

    @Bean
    LatestFigures latestFigures(DataSource dataSource, Routes routes) {
        LiveFigures ledger = new LiveFigures(dataSource);
        return new LatestFigures(() -> ledger.read(Serving.channels(routes)), FRESH, PATIENCE);
    }

    @Bean
    Steering steering(Switches switches, ManualRetries retries, TaskRunner tasks, AuditLog audit) {
        return new Steering(switches, retries, tasks, audit);
    }

    @Bean
    LiveChannels liveChannels(LatestFigures figures, ChannelGates gates, FlowWatch watch, Steering steering) {
        return name -> new LiveChannel(name, figures, gates, watch, steering);
    }

    @Bean
    FlowMXBean flowMBean(
            FlowSettings settings,
            Routes routes,
            LatestFigures figures,
            FlowWatch watch,
            ChannelGates gates,
            Inbox inbox,
            Dispatcher dispatcher) {
        return new LiveFlow(settings.node(), routes, figures, watch, gates, inbox, dispatcher);
    }

    @Bean
    RoutesMXBean routesMBean(Deployments deployments, Routes routes, Nodes nodes, Steering steering) {
        return new LiveRoutes(deployments, routes, nodes, steering);
    }

    @Bean(initMethod = "open", destroyMethod = "close")
    MBeans mBeans(Routes routes, FlowMXBean flow, RoutesMXBean deployments, LiveChannels channels) {
        return new MBeans(ManagementFactory.getPlatformMBeanServer(), routes, flow, deployments, channels);
    }

    @Bean
    Gauges gauges(
            MeterRegistry meters,
            Routes routes,
            FlowWatch watch,
            LatestFigures figures,
            FlowMXBean flow,
            RoutesMXBean deployments,
            LiveChannels channels) {
        return new Gauges(meters, routes, watch, figures, flow, deployments, channels);
    }

    @Bean("channelsHealthIndicator")
    ChannelsHealth channelsHealth(Routes routes, ChannelGates gates, FlowWatch watch) {
        return new ChannelsHealth(routes, gates, watch);
    }

    @Bean
    OutdatedSwitches outdatedSwitches(Routes routes, Switches switches, TaskSwitching tasks) {
        return new OutdatedSwitches(routes, switches, tasks);
    }

    @Bean("deploymentHealthIndicator")
    DeploymentHealth deploymentHealth(Deployments deployments) {
        return new DeploymentHealth(deployments);
    }

    @Bean
    DrainDelay drainDelay(OpsSettings settings) {
        return new DrainDelay(settings.drainDelay());
    }
}
