package io.waybill.order;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventJsonTest {
    private static final String ORDER =
            """
            {"type":"order","order":{"id":"5550001","number":"#1001","placedAt":"2026-11-20T10:11:12Z","version":7,
            "status":"paid","currency":"USD","customer":{"id":"77","name":"Ada Example"},"billingAddress":{},
            "lines":[{"id":"1","sku":"MUG-BLUE","quantity":2,"price":"12.345678"}],
            "totals":{"lines":"25.00","total":"29.900"},"tags":["vip"],"note":null,"attributes":{"gift":"yes"}}}
            """;

    @Test
    void readsAnOrder() {
        Order order = ((OrderChanged) read(ORDER)).order();
        assertThat(order.version()).isEqualTo("7");
        assertThat(order.placedAt()).isEqualTo(Instant.parse("2026-11-20T10:11:12Z"));
        assertThat(order.lines()).singleElement().satisfies(line -> assertThat(line.price())
                .isEqualTo("12.345678"));
        assertThat(order.attributes()).containsEntry("gift", "yes");
    }

    @Test
    void writesWhatItReads() {
        Event event = read(ORDER);
        assertThat(EventJson.read(EventJson.write(event))).isEqualTo(event);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            textBlock =
                    """
            "status":"paid"      | "status":"payed"            | order.status
            "currency":"USD"     | "currency":"DOLLAR"         | order.currency
            "quantity":2         | "quantity":2,"colour":"red" | order.lines[0].colour
            "quantity":2         | "quantity":-1               | order.lines[0]
            "quantity":2         | "quantity":"2"              | order.lines[0].quantity
            "quantity":2         | "quantity":2.5              | order.lines[0].quantity
            "12.345678"          | "12.3456789"                | order.lines[0].price
            "12.345678"          | 12.34                       | order.lines[0].price
            "29.900"             | "29.905"                    | order.totals.total
            "tags":["vip"]       | "tags":[1]                  | order.tags[0]
            "Ada Example"        | "Ada\\u0000"                | order.customer.name
            "Ada Example"        | "Ada\\ud800"                | order.customer.name
            "Ada Example"        | "\\udc00\\ud800 Ada"       | order.customer.name
            "id":"5550001",      | "id":"S-\\ud800",          | order.id
            "gift"               | "gift\\ud83d"              | $
            "gift"               | "gift\\u0000"              | order.attributes
            "2026-11-20T10:11:12Z" | "20.11.2026"              | order.placedAt
            "id":"5550001",      | "id":"",                    | order
            """)
    void namesThePathOfWhatIsWrong(String from, String to, String path) {
        assertThat(ORDER).contains(from.trim());
        assertThatThrownBy(() -> read(ORDER.replace(from.trim(), to.trim())))
                .isInstanceOf(InvalidEvent.class)
                .extracting(e -> ((InvalidEvent) e).path())
                .isEqualTo(path.trim());
    }

    @Test
    void readsCharactersBeyondTheBasicPlane() {
        OrderChanged event = (OrderChanged) read(ORDER.replace("Ada Example", "Ada \\ud83d\\ude00 😀"));
        assertThat(event.order().customer().name()).isEqualTo("Ada 😀 😀");
        assertThat(EventJson.read(EventJson.write(event))).isEqualTo(event);
    }

    @Test
    void namesThePathInTextThatCanBeStored() {
        assertThatThrownBy(() -> read(ORDER.replace("\"gift\"", "\"x\":\"\\u0000\",\"a\\tb\"")))
                .extracting(e -> ((InvalidEvent) e).path())
                .isEqualTo("order.attributes.x");
        assertThatThrownBy(() -> read(ORDER.replace("\"currency\"", "\"c\\u0000\":1,\"currency\"")))
                .extracting(e -> ((InvalidEvent) e).path())
                .isEqualTo("order.c?");
    }

    @Test
    void refusesTheSameLineIdTwice() {
        String twice = ORDER.replace("[{\"id\":\"1\"", "[{\"id\":\"1\",\"quantity\":1},{\"id\":\"1\"");
        assertThatThrownBy(() -> read(twice)).hasMessageStartingWith("order.lines[1].id: ");
    }

    @Test
    void neverRepeatsACustomersDataInAnError() {
        String broken = ORDER.replace("{\"id\":\"77\",\"name\":\"Ada Example\"}", "\"Ada Example, 1 Main St\"");
        assertThatThrownBy(() -> read(broken))
                .hasMessageStartingWith("order.customer: ")
                .message()
                .doesNotContain("Ada");
    }

    @Test
    void refusesWhatIsNotJson() {
        assertThatThrownBy(() -> read("{\"type\":"))
                .isInstanceOf(InvalidEvent.class)
                .hasMessageContaining("not JSON");
        assertThatThrownBy(() -> read("[".repeat(101) + "]".repeat(101))).isInstanceOf(InvalidEvent.class);
        assertThatThrownBy(() -> read("{\"type\":\"order\",\"type\":\"order\"}"))
                .isInstanceOf(InvalidEvent.class);
        assertThatThrownBy(() -> EventJson.read(new byte[] {'"', (byte) 0xC3, 0x28, '"'}))
                .isInstanceOf(InvalidEvent.class);
    }

    @Test
    void splitsNestedLabelsFromTheirShipment() {
        OrderShipped shipped = (OrderShipped)
                read(
                        """
            {"type":"shipment","orderId":"1","id":"s1","at":"2026-11-20T10:11:12Z","lines":[{"id":"1","quantity":1}],
             "labels":[{"id":"l1","data":"QQ=="},{"data":"Qg==","size":"4x6in"}]}""");
        List<Event> events = shipped.split();
        assertThat(events)
                .extracting(Event::type)
                .containsExactly(EventType.SHIPMENT, EventType.LABEL, EventType.LABEL);
        assertThat(events).extracting(Event::id).containsExactly("s1", "l1", "s1:label:2");
        assertThat(((LabelCreated) events.get(2)).shipmentId()).isEqualTo("s1");
        assertThat(EventJson.read(EventJson.write(events.get(1)))).isEqualTo(events.get(1));
    }

    @Test
    void aLabelOnItsOwnNeedsAnOrderAndAnId() {
        assertThatThrownBy(() -> read("{\"type\":\"label\",\"id\":\"l1\",\"data\":\"QQ==\"}"))
                .hasMessage("orderId: is missing");
    }

    @Test
    void narrowsAnOrderToWhatADestinationMaySee() {
        Order order = ((OrderChanged) read(ORDER)).order().only(Set.of(OrderPart.LINES));
        assertThat(order.customer()).isNull();
        assertThat(order.tags()).isEmpty();
        assertThat(order.lines()).hasSize(1);
        assertThat(order.number()).isEqualTo("#1001");
    }

    private static Event read(String json) {
        return EventJson.read(json.getBytes(UTF_8));
    }
}
