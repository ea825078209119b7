package io.waybill.camel;

import io.waybill.channel.BundleFiles;
import io.waybill.channel.Settings;
import io.waybill.flow.FlowSettings;
import io.waybill.flow.Reach;
import io.waybill.ledger.DeploymentLog;
import io.waybill.ledger.Nodes;
import io.waybill.ledger.Proposals;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.SortedMap;
import java.util.concurrent.Executor;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CamelSettings.class)
class CamelConfiguration {
    /** How long live servers may take to check a version. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Bean
    TargetPolicy targetPolicy(CamelSettings settings, Environment environment) {
        return new TargetPolicy(settings.allowPrivateTargets(), listensOnLoopback(environment));
    }

    private static boolean listensOnLoopback(Environment environment) {
        String address = environment.getProperty("server.address", "");
        try {
            return !address.isEmpty() && InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    @Bean
    Reach reach(TargetPolicy policy) {
        return new Connecting(policy);
    }

    @Bean
    OutboundHttp outboundHttp(TargetPolicy policy) {
        return new OutboundHttp(policy);
    }

    @Bean
    Generations generations(
            ApplicationContext application,
            OutboundHttp http,
            @Qualifier("applicationTaskExecutor") Executor webThreads) {
        return new Generations(new Candidates(application, http, webThreads));
    }

    @Bean
    GenerationPaths generationPaths(Generations generations) {
        return new GenerationPaths(generations);
    }

    @Bean("setting-language")
    SettingLanguage settingLanguage() {
        return new SettingLanguage(Settings.ofProcess());
    }

    @Bean
    DeploymentLog deploymentLog(DataSource dataSource) {
        return new DeploymentLog(dataSource);
    }

    @Bean
    Nodes nodes(DataSource dataSource, FlowSettings settings) {
        return new Nodes(dataSource, settings.node());
    }

    @Bean
    Deployments deployments(
            CamelSettings settings,
            Generations generations,
            DeploymentLog log,
            Nodes nodes,
            DataSource dataSource,
            ApplicationEventPublisher events) {
        Accord accord = new Accord(log, nodes, new Proposals(dataSource, nodes.name()), PATIENCE);
        return new Deployments(settings, folder(settings), generations, accord, events, Clock.systemUTC());
    }

    private static RoutesFolder folder(CamelSettings settings) {
        return new RoutesFolder() {
            @Override
            public BundleFiles now() {
                return BundleFiles.of(settings.routes(), settings.sandbox());
            }

            @Override
            public BundleFiles stored(SortedMap<String, byte[]> files) {
                return BundleFiles.of(files);
            }
        };
    }
}
