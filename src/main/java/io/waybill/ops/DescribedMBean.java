package io.waybill.ops;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import javax.management.Notification;
import javax.management.NotificationBroadcasterSupport;
import javax.management.ObjectName;
import javax.management.StandardEmitterMBean;

/** An MXBean that carries the {@link Meaning} of its interface and sends notifications under its own name. */
final class DescribedMBean extends StandardEmitterMBean {
    private final ObjectName name;
    private final AtomicLong sent = new AtomicLong();

    <T> DescribedMBean(ObjectName name, Class<T> type, T live, NotificationBroadcasterSupport emitter) {
        super(live, type, true, emitter);
        this.name = name;
    }

    ObjectName name() {
        return name;
    }

    void send(String type, String message) {
        sendNotification(new Notification(type, name, sent.incrementAndGet(), System.currentTimeMillis(), message));
    }

    @Override
    protected String getDescription(MBeanInfo info) {
        Meaning meaning = getMBeanInterface().getAnnotation(Meaning.class);
        return meaning == null ? "" : meaning.value();
    }

    @Override
    protected String getDescription(MBeanAttributeInfo attribute) {
        return meaning((attribute.isIs() ? "is" : "get") + attribute.getName());
    }

    @Override
    protected String getDescription(MBeanOperationInfo operation) {
        return meaning(operation.getName());
    }

    @Override
    protected String getParameterName(MBeanOperationInfo operation, MBeanParameterInfo parameter, int sequence) {
        return method(operation.getName())
                .map(method -> method.getParameters()[sequence].getName())
                .orElseGet(parameter::getName);
    }

    @Override
    protected int getImpact(MBeanOperationInfo operation) {
        return MBeanOperationInfo.ACTION;
    }

    private String meaning(String method) {
        return method(method)
                .map(found -> found.getAnnotation(Meaning.class))
                .map(Meaning::value)
                .orElse("");
    }

    private Optional<Method> method(String name) {
        return Arrays.stream(getMBeanInterface().getMethods())
                .filter(method -> method.getName().equals(name))
                .findFirst();
    }
}
