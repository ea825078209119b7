package io.waybill.task;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How tasks behave where the channel's file says nothing.
 *
 * @param overlap how far each poll reaches back behind the last one: what a shop makes visible late is found, and what was
 *     seen already comes as a duplicate; longer means larger answers
 * @param since how far the first poll of a channel reaches back
 * @param folders how often a folder is looked at when its channel has no import-orders task
 * @param pages how many pages one run takes before it leaves the rest to the next
 */
@ConfigurationProperties("waybill.task")
public record TaskSettings(
        @DefaultValue("5m") Duration overlap,
        @DefaultValue("30d") Duration since,
        @DefaultValue("10s") Duration folders,
        @DefaultValue("1000") int pages) {}
