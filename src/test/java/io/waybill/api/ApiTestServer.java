package io.waybill.api;

import io.waybill.TestDatabase;
import io.waybill.channel.Bundle;
import io.waybill.channel.Channel;
import io.waybill.channel.Connector;
import io.waybill.channel.Operation;
import io.waybill.channel.Role;
import io.waybill.flow.Printing;
import io.waybill.flow.PushModes;
import io.waybill.flow.PushResult;
import io.waybill.flow.Pusher;
import io.waybill.flow.Republished;
import io.waybill.flow.Republisher;
import io.waybill.flow.Routes;
import io.waybill.flow.ShadowModes;
import io.waybill.label.Labels;
import io.waybill.ledger.Documents;
import io.waybill.ledger.Issues;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Switches;
import io.waybill.order.OrderPart;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.apache.camel.Exchange;
import org.springdoc.core.configuration.SpringDocConfiguration;
import org.springdoc.core.configuration.SpringDocSpecPropertiesConfiguration;
import org.springdoc.core.properties.SpringDocConfigProperties;
import org.springdoc.webmvc.core.configuration.MultipleOpenApiSupportConfiguration;
import org.springdoc.webmvc.core.configuration.SpringDocWebMvcConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.http.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.autoconfigure.jackson.JacksonAutoConfiguration;
import org.springframework.boot.autoconfigure.security.servlet.SecurityAutoConfiguration;
import org.springframework.boot.autoconfigure.security.servlet.SecurityFilterAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.DispatcherServletAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.WebMvcAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.error.ErrorMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;

/**
 * The API as it is served, with its tokens, over a database of its own. Routes are told of, none run. No
 * {@code @Configuration}: tests that start the whole server scan the package, and must not find this.
 */
@ComponentScan(
        basePackages = "io.waybill.api",
        excludeFilters =
                @ComponentScan.Filter(
                        type = FilterType.REGEX,
                        pattern = ".*(Test(Server)?([$.].*)?|WebhookConfiguration)"))
@ImportAutoConfiguration({
    DispatcherServletAutoConfiguration.class,
    WebMvcAutoConfiguration.class,
    HttpMessageConvertersAutoConfiguration.class,
    JacksonAutoConfiguration.class,
    ErrorMvcAutoConfiguration.class,
    SecurityAutoConfiguration.class,
    SecurityFilterAutoConfiguration.class,
    SpringDocConfiguration.class,
    SpringDocConfigProperties.class,
    SpringDocSpecPropertiesConfiguration.class,
    SpringDocWebMvcConfiguration.class,
    MultipleOpenApiSupportConfiguration.class
})
class ApiTestServer {
    static final TestDatabase DATABASE = TestDatabase.fresh();

    @Bean
    DataSource dataSource() {
        return DATABASE.dataSource();
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
    Issues issues(DataSource dataSource) {
        return new Issues(dataSource);
    }

    @Bean
    Routes routes() {
        return new ToldRoutes();
    }

    @Bean
    RecordedPushes pusher() {
        return new RecordedPushes();
    }

    @Bean
    Republisher republisher() {
        return (order, force, by) -> new Republished(
                true,
                false,
                List.of(new PushResult.Destination("store", true, null)),
                force ? List.of(new Republished.Fact("shipment", by, List.of("store"))) : List.of());
    }

    @Bean(destroyMethod = "close")
    Labels labelConverter() {
        return new Labels();
    }

    @Bean
    Printing printing(Routes routes, DataSource dataSource, Labels labelConverter) {
        return new Printing(routes, new Ledger(dataSource), new Documents(dataSource), labelConverter);
    }

    record Pushed(long order, List<String> channels, List<String> lines, boolean force, String by) {}

    static final class RecordedPushes implements Pusher {
        final List<Pushed> pushes = new ArrayList<>();

        @Override
        public PushResult push(long orderId, List<String> channels, List<String> lines, boolean force, String by) {
            pushes.add(new Pushed(orderId, channels, lines, force, by));
            return new PushResult(List.of(new PushResult.Destination("store", true, null)));
        }

        @Override
        public void decideAgain(long orderId, String by) {
            throw new UnsupportedOperationException("only the flow asks for this");
        }
    }

    private record ToldRoutes() implements Routes {
        @Override
        public Bundle bundle() {
            return new Bundle(
                    "hash",
                    Map.of(),
                    Map.of(
                            "shop", channel("shop", Role.MARKETPLACE, Channel.OrderForm.As.SALE_ORDER),
                            "store", channel("store", Role.PLATFORM, Channel.OrderForm.As.SALE_ORDER),
                            "erp", channel("erp", Role.ERP, Channel.OrderForm.As.INVOICE)),
                    List.of());
        }

        @Override
        public Exchange request(String endpoint, Consumer<Exchange> prepare) {
            throw new UnsupportedOperationException("no routes run in this test");
        }
    }

    private static Channel channel(String name, Role role, Channel.OrderForm.As as) {
        Connector connector = new Connector(
                "http",
                "HTTP",
                Map.of(),
                Map.of(),
                Set.of(Operation.CREATE_ORDER, Operation.UPDATE_ORDER),
                true,
                Duration.ofSeconds(30),
                true,
                Connector.Webhook.NONE,
                List.of(),
                Channel.Limits.DEFAULT,
                List.of());
        return new Channel(
                name,
                connector,
                "The " + name,
                role,
                Map.of("url", "https://user:hunter2@example.com", "token", "{{env:TOKEN}}"),
                null,
                Channel.Limits.DEFAULT,
                Map.of(),
                Channel.Push.AUTOMATIC,
                true,
                Set.of(OrderPart.LINES),
                new Channel.OrderForm(as, "", Channel.OrderForm.NumberFrom.SOURCE, Channel.OrderForm.Invoice.NONE),
                Channel.LabelForm.AS_IS,
                false);
    }
}
