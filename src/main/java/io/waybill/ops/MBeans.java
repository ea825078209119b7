package io.waybill.ops;

import io.waybill.camel.Outcome;
import io.waybill.flow.Routes;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import javax.management.JMException;
import javax.management.MBeanNotificationInfo;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.Notification;
import javax.management.NotificationBroadcasterSupport;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;

/**
 * Our MBeans at the platform's MBean server. A channel's comes with the deployment that brings the channel and goes with the
 * one that drops it; listeners of a channel that stays are kept. Notifications are sent in order by a thread of their own,
 * so that a slow listener holds up no delivery.
 */
final class MBeans implements AutoCloseable {
    static final String CIRCUIT_OPEN = "io.waybill.circuit.open";
    static final String CIRCUIT_CLOSED = "io.waybill.circuit.closed";
    static final String CHANNEL_PAUSED = "io.waybill.channel.paused";
    static final String CHANNEL_RESUMED = "io.waybill.channel.resumed";
    static final String DEPLOY_REFUSED = "io.waybill.deploy.refused";
    static final String DEPLOY_SWITCHED = "io.waybill.deploy.switched";

    private static final String DOMAIN = "io.waybill:";

    private final MBeanServer server;
    private final Routes routes;
    private final Function<String, ChannelMXBean> channel;
    private final Map<String, DescribedMBean> channels = new ConcurrentHashMap<>();
    private final ExecutorService sender = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "waybill-notifications");
        thread.setDaemon(true);
        return thread;
    });
    private final DescribedMBean flowBean;
    private final DescribedMBean routesBean;

    /** @param channel makes a channel's MBean by the channel's name */
    MBeans(
            MBeanServer server,
            Routes routes,
            FlowMXBean flow,
            RoutesMXBean deployments,
            Function<String, ChannelMXBean> channel) {
        this.server = server;
        this.routes = routes;
        this.channel = channel;
        this.flowBean = new DescribedMBean(name("type=Flow"), FlowMXBean.class, flow, emitter());
        this.routesBean = new DescribedMBean(
                name("type=Routes"), RoutesMXBean.class, deployments, emitter(DEPLOY_REFUSED, DEPLOY_SWITCHED));
    }

    void open() {
        register(flowBean);
        register(routesBean);
    }

    @EventListener
    void switched(Outcome.Switched outcome) {
        Set<String> serving = Serving.channels(routes);
        Collection<String> gone = new HashSet<>(channels.keySet());
        gone.removeAll(serving);
        gone.forEach(name -> unregister(channels.remove(name)));
        serving.forEach(name -> channels.computeIfAbsent(name, this::registered));
        routesBean.send(
                DEPLOY_SWITCHED, "Generation " + outcome.generation() + " serves, deployment " + outcome.hash() + ".");
    }

    @EventListener
    void refused(Outcome.Refused outcome) {
        routesBean.send(DEPLOY_REFUSED, LiveRoutes.text(outcome.findings()));
    }

    @EventListener
    void circuitChanged(CircuitChanged change) {
        if (change.circuit().equals("open")) {
            send(
                    change.channel(),
                    CIRCUIT_OPEN,
                    "Channel " + change.channel() + " is down. It is probed at growing gaps.");
        } else if (change.circuit().equals("closed")) {
            send(change.channel(), CIRCUIT_CLOSED, "Channel " + change.channel() + " is back.");
        }
    }

    @EventListener
    void pausesChanged(PausesChanged change) {
        change.paused().forEach(name -> send(name, CHANNEL_PAUSED, "Channel " + name + " is paused."));
        change.resumed().forEach(name -> send(name, CHANNEL_RESUMED, "Channel " + name + " is resumed."));
    }

    private void send(String channel, String type, String message) {
        DescribedMBean bean = channels.get(channel);
        if (bean != null) {
            bean.send(type, message);
        }
    }

    private DescribedMBean registered(String channelName) {
        DescribedMBean bean = new DescribedMBean(
                name("type=Channel,name=" + channelName),
                ChannelMXBean.class,
                channel.apply(channelName),
                emitter(CIRCUIT_OPEN, CIRCUIT_CLOSED, CHANNEL_PAUSED, CHANNEL_RESUMED));
        register(bean);
        return bean;
    }

    private NotificationBroadcasterSupport emitter(String... types) {
        return new NotificationBroadcasterSupport(
                sender,
                new MBeanNotificationInfo(types, Notification.class.getName(), "What happened, for people to read"));
    }

    private static ObjectName name(String properties) {
        try {
            return new ObjectName(DOMAIN + properties);
        } catch (MalformedObjectNameException e) {
            throw new IllegalArgumentException(properties, e);
        }
    }

    private void register(DescribedMBean bean) {
        try {
            if (server.isRegistered(bean.name())) {
                // A server that ran earlier in this process and did not come to its end.
                server.unregisterMBean(bean.name());
            }
            server.registerMBean(bean, bean.name());
        } catch (JMException e) {
            throw new IllegalStateException("the MBean " + bean.name() + " cannot be registered", e);
        }
    }

    private void unregister(@Nullable DescribedMBean bean) {
        try {
            if (bean != null && server.isRegistered(bean.name())) {
                server.unregisterMBean(bean.name());
            }
        } catch (JMException e) {
            throw new IllegalStateException("the MBean " + bean.name() + " cannot be removed", e);
        }
    }

    @Override
    public void close() {
        channels.values().forEach(this::unregister);
        channels.clear();
        unregister(routesBean);
        unregister(flowBean);
        sender.shutdown();
    }
}
