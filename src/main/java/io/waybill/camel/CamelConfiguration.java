package io.waybill.camel;

import io.waybill.channel.BundleFiles;
import io.waybill.channel.Settings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.concurrent.Executor;
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
    Deployments deployments(CamelSettings settings, Generations generations, ApplicationEventPublisher events) {
        return new Deployments(
                settings,
                () -> BundleFiles.of(settings.routes(), settings.sandbox()),
                generations,
                events,
                Clock.systemUTC());
    }
}
