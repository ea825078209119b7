package io.waybill.flow.connector;

import io.waybill.channel.Settings;
import io.waybill.flow.Answers;
import io.waybill.flow.Mapping;
import io.waybill.flow.Routes;
import io.waybill.flow.Wire;
import io.waybill.ledger.ChannelTokens;
import io.waybill.ledger.Ledger;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The beans that connectors' routes name, by what each does. */
@Configuration(proxyBeanMethods = false)
class ConnectorConfiguration {
    @Bean
    Requests request(Mapping mapping, Ledger ledger) {
        return new Requests(mapping, new CanonicalInput(ledger));
    }

    @Bean
    ChannelCalls channelCall(Routes routes, Settings settings, DataSource dataSource, Clock clock) {
        return new ChannelCalls(
                settings,
                new AccessTokens(routes, settings, new ChannelTokens(dataSource), clock),
                new RequestSignatures(settings),
                clock);
    }

    @Bean
    ChannelAnswers answer(Answers answers, Wire wire) {
        return new ChannelAnswers(answers, wire);
    }

    @Bean
    Articles articles(Routes routes) {
        return new Articles(routes);
    }

    @Bean
    Outcomes outcome(Mapping mapping, Ledger ledger) {
        return new Outcomes(mapping, new CanonicalInput(ledger));
    }

    @Bean
    OdooCalls odoo(Settings settings, Clock clock) {
        return new OdooCalls(settings, clock);
    }
}
