package io.waybill.task;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.waybill.channel.Durations;
import java.net.URLEncoder;
import java.time.Duration;

/** When a task runs, as Quartz takes it. A time missed while no server ran is made up for once, at the start. */
sealed interface Pace {
    /** Options of a {@code quartz:} endpoint. */
    String options();

    /** As people write it. */
    String text();

    record Every(Duration interval) implements Pace {
        /** Quartz: run now, keep the rest of the schedule. Its own choice would be to wait for the next time. */
        private static final int RUN_NOW = 2;

        @Override
        public String options() {
            return "trigger.repeatInterval=" + interval.toMillis()
                    + "&trigger.repeatCount=-1&trigger.misfireInstruction=" + RUN_NOW;
        }

        @Override
        public String text() {
            return "every " + Durations.text(interval);
        }
    }

    /** In the time zone of the server. */
    record Cron(String expression) implements Pace {
        @Override
        public String options() {
            return "cron=" + URLEncoder.encode(expression, UTF_8);
        }

        @Override
        public String text() {
            return "cron " + expression;
        }
    }
}
