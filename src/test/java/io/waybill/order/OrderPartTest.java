package io.waybill.order;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each word of {@code send} lets through exactly its members: the table in src/docs/channels.md. */
class OrderPartTest {
    private static final String WHOLE =
            """
            {"id":"1","number":"#1","placedAt":"2026-11-20T10:11:12Z","updatedAt":"2026-11-20T10:11:12Z","reference":"W-1",
             "version":"7","url":"https://shop.example/1","status":"paid","systemStatus":"PAID","paymentStatus":"paid",
             "fulfilmentStatus":"open","fulfilledBy":"merchant","currency":"USD",
             "customer":{"id":"77","name":"Ada"},"shippingAddress":{"line1":"1 Main St"},"billingAddress":{"line1":"2 Main St"},
             "lines":[{"id":"1","sku":"MUG","quantity":2,"cancelled":0,"shipped":0,"returned":0,"price":"1.50"}],"discounts":[{"code":"TEN","amount":"1.00"}],
             "shipping":{"method":"Standard","price":"4.90"},"payments":[{"method":"card","amount":"7.90"}],
             "taxes":[{"title":"VAT","rate":"0.20","amount":"1.00"}],"totals":{"total":"7.90"},"shipBy":"2026-11-22T00:00:00Z",
             "tags":["vip"],"note":"Leave at door","attributes":{"gift":"yes"}}""";

    private static final Set<String> ALWAYS = Set.of(
            "id",
            "number",
            "placedAt",
            "updatedAt",
            "reference",
            "version",
            "url",
            "status",
            "systemStatus",
            "paymentStatus",
            "fulfilmentStatus",
            "fulfilledBy",
            "currency",
            "shipBy");

    private static final Map<OrderPart, String> MEMBER = Map.ofEntries(
            Map.entry(OrderPart.LINES, "lines"),
            Map.entry(OrderPart.CUSTOMER, "customer"),
            Map.entry(OrderPart.SHIPPING_ADDRESS, "shippingAddress"),
            Map.entry(OrderPart.BILLING_ADDRESS, "billingAddress"),
            Map.entry(OrderPart.PAYMENTS, "payments"),
            Map.entry(OrderPart.SHIPPING, "shipping"),
            Map.entry(OrderPart.TAXES, "taxes"),
            Map.entry(OrderPart.TOTALS, "totals"),
            Map.entry(OrderPart.DISCOUNTS, "discounts"),
            Map.entry(OrderPart.NOTE, "note"),
            Map.entry(OrderPart.ATTRIBUTES, "attributes"),
            Map.entry(OrderPart.TAGS, "tags"));

    @ParameterizedTest
    @EnumSource(OrderPart.class)
    void aWordAloneLetsThroughItsMemberAndWhatIsAlwaysSent(OrderPart word) {
        JsonNode whole = EventJson.tree(WHOLE.getBytes(UTF_8));
        Set<String> expected = new TreeSet<>(ALWAYS);
        expected.add(MEMBER.get(word));
        JsonNode sent = sent(Set.of(word));
        assertThat(members(sent)).isEqualTo(expected);
        assertThat(sent.get(MEMBER.get(word))).isEqualTo(whole.get(MEMBER.get(word)));
    }

    @Test
    void allWordsTogetherLetThroughTheOrder() {
        assertThat(sent(EnumSet.allOf(OrderPart.class))).isEqualTo(EventJson.tree(WHOLE.getBytes(UTF_8)));
    }

    /** An order has lines, if only none: the empty list says that they are not sent. */
    private static JsonNode sent(Set<OrderPart> words) {
        ObjectNode sent = EventJson.MAPPER.valueToTree(
                EventJson.readOrder(EventJson.tree(WHOLE.getBytes(UTF_8))).only(words));
        if (sent.path("lines").isEmpty()) {
            sent.remove("lines");
        }
        return sent;
    }

    private static Set<String> members(JsonNode node) {
        Set<String> names = new TreeSet<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
