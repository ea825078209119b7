package io.waybill.flow;

import io.waybill.channel.Settings;
import io.waybill.label.Labels;
import io.waybill.ledger.Awaiting;
import io.waybill.ledger.Deliveries;
import io.waybill.ledger.Documents;
import io.waybill.ledger.Issues;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.OrderHistory;
import io.waybill.ledger.Partitions;
import io.waybill.ledger.Receipts;
import io.waybill.ledger.Redaction;
import io.waybill.ledger.Retention;
import io.waybill.ledger.Shadowed;
import io.waybill.ledger.Statuses;
import io.waybill.ledger.Switches;
import io.waybill.ledger.Withheld;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The beans that {@code routes/flow} names, and the ledger behind them. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({FlowSettings.class, RetentionSettings.class})
class FlowConfiguration {
    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    Settings settings() {
        return Settings.ofProcess();
    }

    @Bean
    Receipts receipts(DataSource dataSource, FlowSettings settings) {
        return new Receipts(dataSource, settings.node());
    }

    @Bean
    Ledger ledger(DataSource dataSource) {
        return new Ledger(dataSource);
    }

    @Bean
    Deliveries deliveries(DataSource dataSource, FlowSettings settings) {
        return new Deliveries(dataSource, settings.node());
    }

    @Bean
    Documents documents(DataSource dataSource) {
        return new Documents(dataSource);
    }

    @Bean
    Withheld withheld(DataSource dataSource) {
        return new Withheld(dataSource);
    }

    @Bean
    Awaiting awaiting(DataSource dataSource) {
        return new Awaiting(dataSource);
    }

    @Bean
    Statuses statuses(DataSource dataSource) {
        return new Statuses(dataSource);
    }

    @Bean
    Partitions partitions(DataSource dataSource, Clock clock) {
        return new Partitions(dataSource, clock);
    }

    @Bean
    Retention retention(DataSource dataSource, Clock clock, RetentionSettings settings) {
        return new Retention(dataSource, clock, settings.ages());
    }

    @Bean
    Redaction redaction(DataSource dataSource, Clock clock, RetentionSettings settings) {
        return new Redaction(dataSource, clock, settings.ages());
    }

    @Bean
    Issues issues(DataSource dataSource) {
        return new Issues(dataSource);
    }

    @Bean
    Signatures signatures(Settings settings, Clock clock) {
        return new Signatures(settings, clock);
    }

    @Bean
    Webhooks webhooks(Routes routes, Inbox inbox, Signatures signatures) {
        return new Webhooks(routes, inbox, signatures);
    }

    @Bean
    Reading reading(Routes routes) {
        return new Reading(routes);
    }

    @Bean
    Mapping mapping(Settings settings, Clock clock) {
        return new Mapping(settings, clock);
    }

    @Bean
    PushModes pushModes(DataSource dataSource) {
        return new PushModes(new Switches(dataSource));
    }

    @Bean
    ShadowModes shadowModes(DataSource dataSource) {
        return new ShadowModes(new Switches(dataSource));
    }

    @Bean
    Publishing publishing(PushModes modes, ShadowModes shadows) {
        return new Publishing(modes, shadows);
    }

    @Bean
    DryRun dryRun(Routes routes, Ledger ledger) {
        return new DryRun(routes, ledger);
    }

    @Bean
    BackTest backTest(DataSource dataSource, Clock clock) {
        return new BackTest(new OrderHistory(dataSource), clock);
    }

    @Bean
    Shadowed shadowed(DataSource dataSource) {
        return new Shadowed(dataSource);
    }

    @Bean
    Answers answers(Clock clock) {
        return new Answers(clock);
    }

    @Bean
    Wire wire(Settings settings) {
        return new Wire(settings);
    }

    @Bean
    CanonicalRequest canonicalRequest(Signatures signatures, Settings settings) {
        return new CanonicalRequest(signatures, settings);
    }

    @Bean(destroyMethod = "close")
    Labels labelConverter() {
        return new Labels();
    }

    @Bean
    LabelDelivery labels(Labels labelConverter, Documents documents) {
        return new LabelDelivery(labelConverter, documents);
    }

    @Bean
    Printing printing(Routes routes, Ledger ledger, Documents documents, Labels labelConverter) {
        return new Printing(routes, ledger, documents, labelConverter);
    }

    @Bean
    ChannelGates channelGates(FlowSettings settings, FlowListener listener) {
        return new ChannelGates(settings.firstProbe(), settings.lastProbe(), listener);
    }
}
