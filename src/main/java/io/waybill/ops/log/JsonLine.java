package io.waybill.ops.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.boot.json.JsonWriter;
import org.springframework.boot.logging.structured.StructuredLogFormatter;

/**
 * One event as one line: time, level, logger, thread, message, then the named values of the line and of what its thread works
 * on (order, delivery, receipt, channel, trace, span), then the exception. A value of the line wins over one of the thread.
 */
public final class JsonLine implements StructuredLogFormatter<ILoggingEvent> {
    private static final Set<String> OURS = Set.of("time", "level", "logger", "thread", "message", "exception");

    private final JsonWriter<ILoggingEvent> writer = JsonWriter.<ILoggingEvent>of(members -> {
                members.add("time", event -> event.getInstant().toString());
                members.add("level", event -> event.getLevel().toString());
                members.add("logger", ILoggingEvent::getLoggerName);
                members.add("thread", ILoggingEvent::getThreadName);
                members.add("message", ILoggingEvent::getFormattedMessage);
                members.from(JsonLine::values).usingPairs(Map::forEach);
                members.add("exception", ILoggingEvent::getThrowableProxy)
                        .whenNotNull()
                        .as(ThrowableProxyUtil::asString);
            })
            .withNewLineAtEnd();

    @Override
    public String format(ILoggingEvent event) {
        return writer.writeToString(event);
    }

    private static Map<String, String> values(ILoggingEvent event) {
        Map<String, String> values = new TreeMap<>();
        event.getMDCPropertyMap().forEach((name, value) -> values.put(free(name), value));
        if (event.getKeyValuePairs() != null) {
            event.getKeyValuePairs().forEach(pair -> values.put(free(pair.key), String.valueOf(pair.value)));
        }
        return values;
    }

    /** JSON knows each name once. */
    private static String free(String name) {
        return OURS.contains(name) ? name + "_" : name;
    }
}
