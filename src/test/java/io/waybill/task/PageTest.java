package io.waybill.task;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.order.EventJson;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class PageTest {
    @Test
    void aListOfNothingThatAMappingLeftOutIsNoMessage() {
        assertThat(page("{\"hasMore\": false}").items()).isEmpty();
        assertThat(page("{}").items()).isEmpty();
        Page page = page("{\"nextPage\": \"two\", \"hasMore\": true}");
        assertThat(page.items()).isEmpty();
        assertThat(page.nextPage()).isEqualTo("two");
        assertThat(page.hasMore()).isTrue();
    }

    @Test
    void oneMessageIsAPage() {
        assertThat(page("{\"type\": \"order\", \"order\": {\"id\": \"1\"}}").items())
                .hasSize(1);
    }

    @Test
    void itemsAreTheSystemsOwn() {
        Page page = page(
                "{\"items\": [{\"id\": \"1@2\", \"at\": \"2026-11-20T10:00:00Z\", \"body\": {\"no\": 1}}], \"nextCursor\": \"c\"}");
        assertThat(page.items()).singleElement().satisfies(item -> {
            assertThat(item.eventId()).isEqualTo("1@2");
            assertThat(item.changedAt()).isEqualTo("2026-11-20T10:00:00Z");
            assertThat(new String(item.body(), UTF_8)).isEqualTo("{\"no\":1}");
        });
        assertThat(page.nextCursor()).isEqualTo("c");
    }

    private static Page page(String body) {
        DefaultExchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setBody(EventJson.tree(body.getBytes(UTF_8)));
        return Page.of(exchange);
    }
}
