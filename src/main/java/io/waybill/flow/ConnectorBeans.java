package io.waybill.flow;

import io.waybill.channel.Settings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The beans that {@code routes/connectors} names beside those of {@code routes/flow}. */
@Configuration(proxyBeanMethods = false)
class ConnectorBeans {
    @Bean
    Folder folder(Settings settings, Inbox inbox) {
        return new Folder(settings, inbox);
    }

    @Bean(destroyMethod = "close")
    ChannelPools channelPools(Settings settings) {
        return new ChannelPools(settings);
    }

    @Bean("channelDatabase")
    ChannelDatabase channelDatabase(ChannelPools pools) {
        return new ChannelDatabase(pools);
    }

    @Bean
    PollQuery pollQuery() {
        return new PollQuery();
    }
}
