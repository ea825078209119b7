package io.waybill.flow;

import io.waybill.channel.Settings;
import io.waybill.ledger.Awaiting;
import io.waybill.ledger.Deliveries;
import io.waybill.ledger.Documents;
import io.waybill.ledger.Issues;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.OrderViews;
import io.waybill.ledger.Partitions;
import io.waybill.ledger.Receipts;
import io.waybill.ledger.Redaction;
import io.waybill.ledger.Retention;
import io.waybill.ledger.Shadowed;
import io.waybill.ledger.Statuses;
import io.waybill.ledger.Withheld;
import io.waybill.order.WaybillException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The loops that move things along, started once routes serve and stopped, in-flight work written, before they go. */
@Configuration(proxyBeanMethods = false)
class Workers {
    /** Later than the routes (whose phase is below), earlier than the web server. */
    static final int PHASE = -500;

    private static final Logger log = LoggerFactory.getLogger(Workers.class);

    @Bean
    Wake importWake() {
        return new Wake();
    }

    @Bean
    Wake deliveryWake() {
        return new Wake();
    }

    @Bean(destroyMethod = "")
    Inbox inbox(
            Routes routes,
            Receipts receipts,
            @Qualifier("importWake") Wake wake,
            FlowListener listener,
            Traces traces) {
        return new Inbox(routes, receipts, wake, listener, traces);
    }

    @Bean
    Pusher pusher(Routes routes, Ledger ledger, @Qualifier("deliveryWake") Wake wake) {
        return new ManualPush(routes, ledger, wake);
    }

    @Bean
    RulesApplied rulesApplied(Routes routes, Ledger ledger, OrderViews orders, @Qualifier("deliveryWake") Wake wake) {
        return new RulesApplied(routes, ledger, orders, wake);
    }

    @Bean
    OrderActs orderActs(Routes routes, Ledger ledger, @Qualifier("deliveryWake") Wake wake, Clock clock) {
        return new ActsByHand(routes, ledger, wake, clock);
    }

    @Bean
    NewArticles newArticles(Awaiting awaiting, @Qualifier("deliveryWake") Wake wake) {
        return new NewArticles(awaiting, wake);
    }

    @Bean
    WithheldFacts withheldFacts(Routes routes, Ledger ledger, @Qualifier("deliveryWake") Wake wake) {
        return new WithheldFacts(routes, ledger, wake);
    }

    @Bean
    ChannelCheck channelCheck(Routes routes, Settings settings, Awaiting awaiting, Reach reach, Clock clock) {
        return new ChannelCheck(routes, settings, awaiting, reach, clock);
    }

    @Bean
    StatusAgain statusAgain(Routes routes, Ledger ledger, Statuses statuses, @Qualifier("deliveryWake") Wake wake) {
        return new StatusAgain(routes, ledger, statuses, wake);
    }

    @Bean
    Republisher republisher(
            Routes routes, Receipts receipts, Reading reading, Ledger ledger, @Qualifier("deliveryWake") Wake wake) {
        return new Republishing(routes, receipts, reading, ledger, wake);
    }

    @Bean(destroyMethod = "")
    ImportLoop importLoop(
            Routes routes,
            Inbox inbox,
            Receipts receipts,
            Ledger ledger,
            Reading reading,
            Documents documents,
            Withheld withheld,
            Awaiting awaiting,
            Pusher pusher,
            @Qualifier("importWake") Wake imports,
            @Qualifier("deliveryWake") Wake deliveries,
            FlowListener listener,
            Traces traces) {
        Importer importer = new Importer(
                routes, receipts, ledger, reading, new LabelSources(documents), deliveries, listener, traces);
        return new ImportLoop(
                importer,
                receipts,
                new MendedRules(routes, withheld, pusher),
                new MendedNames(routes, awaiting, deliveries),
                imports,
                inbox::isBusy);
    }

    @Bean(destroyMethod = "")
    Dispatcher dispatcher(
            Routes routes,
            Deliveries deliveries,
            ChannelGates gates,
            FlowSettings settings,
            Statuses statuses,
            ShadowModes shadows,
            @Qualifier("deliveryWake") Wake wake,
            FlowListener listener,
            Traces traces,
            @Value("${spring.lifecycle.timeout-per-shutdown-phase}") Duration patience) {
        return new Dispatcher(
                routes,
                deliveries,
                gates,
                new RetrySchedule(settings.retries()),
                statuses,
                new Paused(deliveries, listener)::channels,
                shadows,
                wake,
                listener,
                traces,
                Executors.newFixedThreadPool(settings.workers(), new NamedThreads("waybill-send-")),
                patience);
    }

    @Bean(destroyMethod = "")
    Upkeep upkeep(Partitions partitions, Retention retention, Redaction redaction, Issues issues) {
        return new Upkeep(partitions, retention, redaction, issues);
    }

    @Bean(destroyMethod = "")
    ShadowRecorder shadowRecorder(Routes routes, Shadowed shadowed, Statuses statuses) {
        return new ShadowRecorder(routes, shadowed, statuses);
    }

    @Bean
    SmartLifecycle workLifecycle(
            Inbox inbox, ImportLoop imports, Dispatcher dispatcher, Upkeep upkeep, ShadowRecorder shadows) {
        return new SmartLifecycle() {
            private volatile boolean running;

            @Override
            public void start() {
                upkeep.start();
                imports.start();
                dispatcher.start();
                shadows.start();
                running = true;
            }

            @Override
            public void stop() {
                try {
                    dispatcher.stopClaiming();
                    inbox.close();
                    imports.close();
                    dispatcher.close();
                    upkeep.close();
                    shadows.close();
                } catch (WaybillException e) {
                    log.atWarn().setCause(e).log("Leases could not be handed back; they end by themselves");
                } catch (InterruptedException e) {
                    log.atWarn().log("Stopped before all outcomes were written; they count as ambiguous");
                }
                running = false;
            }

            @Override
            public boolean isRunning() {
                return running;
            }

            @Override
            public int getPhase() {
                return PHASE;
            }
        };
    }
}
