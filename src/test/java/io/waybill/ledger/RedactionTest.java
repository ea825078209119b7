package io.waybill.ledger;

import static io.waybill.ledger.LedgerScene.event;
import static io.waybill.ledger.LedgerScene.publish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.TestDatabase;
import io.waybill.order.EventJson;
import io.waybill.order.OrderShipped;
import io.waybill.order.WaybillException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is left of an order that is over, in the whole database. */
class RedactionTest {
    private static final String N = Planted.NAME;
    private static final Ages AGES = new Ages(
            Duration.ofDays(90),
            Duration.ofDays(90),
            Duration.ofDays(90),
            Duration.ofDays(90),
            Duration.ofDays(30),
            Duration.ofDays(180));

    private final TestDatabase database = TestDatabase.fresh();
    private final LedgerScene scene = new LedgerScene(database);
    private final Planted planted = new Planted(database);
    private final Documents documents = new Documents(database.dataSource());
    private final OrderViews orders = new OrderViews(database.dataSource());

    @Test
    void leavesNothingPersonalInAnyTable() {
        long order = everythingHappens();
        assertThat(planted.places())
                .as("it stood in many places")
                .anyMatch(place -> place.startsWith("event.payload"))
                .anyMatch(place -> place.startsWith("event.decisions"))
                .anyMatch(place -> place.startsWith("receipt_body"))
                .anyMatch(place -> place.startsWith("attempt"))
                .anyMatch(place -> place.startsWith("delivery.error"))
                .anyMatch(place -> place.startsWith("blob"))
                .anyMatch(place -> place.startsWith("issue.message"));
        assertThat(after(31)).isEqualTo(1);
        assertThat(planted.places()).isEmpty();
        assertThat(orders.one(order).row().redactedAt()).isNotNull();
    }

    @Test
    void keepsFiguresSkusIdsAndDecisions() {
        long order = everythingHappens();
        after(31);
        OrderWhole whole = orders.one(order);
        assertThat(whole.row().number()).isEqualTo("#1");
        assertThat(whole.row().total()).isEqualTo("4.50");
        assertThat(whole.row().push()).isEqualTo(PushState.PUSHED);
        assertThat(whole.order().at("/lines/0/sku").asText()).isEqualTo("MUG");
        assertThat(whole.order().at("/totals/total").asText()).isEqualTo("4.50");
        assertThat(whole.order().has("customer")).isFalse();
        assertThat(whole.links()).hasSize(2);
        assertThat(whole.timeline()).anyMatch(entry -> entry.kind().equals("redacted"));
        List<Why.DecidedEvent> events = orders.why(order).events();
        JsonNode decided = events.get(events.size() - 1).decisions().get(0);
        assertThat(decided.at("/verdict").asText()).isEqualTo("publish");
        JsonNode condition = decided.at("/trace/0/conditions/0");
        assertThat(condition.at("/path").asText()).isEqualTo("order.customer.name");
        assertThat(condition.at("/expected").asText()).isEqualTo("x");
    }

    @Test
    void changesNothingTheSecondTime() {
        everythingHappens();
        assertThat(after(31)).isEqualTo(1);
        assertThat(after(31)).isZero();
    }

    @Test
    void waitsUntilItsTimeHasCome() {
        everythingHappens();
        assertThat(after(29)).isZero();
        assertThat(planted.places()).isNotEmpty();
    }

    @Test
    void keepsWhatIsStillToBeDeliveredSomewhere() {
        long order = scene.receive(order("1", "shipped"), publish("store"), publish("erp"));
        scene.deliver("store");
        assertThat(after(400)).as("waits for erp").isZero();
        scene.fail("erp", "refused", "no");
        assertThat(after(400)).as("failed at erp").isZero();
        scene.execute("update delivery set state = 'void' where state = 'failed'");
        assertThat(after(400)).isEqualTo(1);
        assertThat(orders.one(order).row().redactedAt()).isNotNull();
    }

    @Test
    void waitsForTheLastOfSeveralShipments() {
        scene.receive(order("1", "paid"));
        scene.receive(shipment("s1", "{\"id\":\"1\",\"quantity\":2}"));
        assertThat(after(31)).as("the cup is still here").isZero();
        scene.receive(shipment("s2", "{\"id\":\"2\",\"quantity\":1}"));
        assertThat(after(31)).isEqualTo(1);
    }

    @Test
    void aLineThatWasCancelledNeedsNoShipment() {
        scene.receive(order("1", "paid"));
        scene.receive(shipment("s1", "{\"id\":\"1\",\"quantity\":2}"));
        scene.receive(
                event(
                        """
                {"type":"cancellation","orderId":"1","id":"c1","lines":[{"id":"2","quantity":1}]}"""));
        assertThat(after(31)).isEqualTo(1);
    }

    @Test
    void anUnshippedOrderIsRedactedAfterALongSilence() {
        scene.receive(order("1", "paid"));
        assertThat(after(179)).isZero();
        assertThat(after(181)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"shipped", "delivered", "cancelled", "refunded", "returned"})
    void theSourcesOwnWordEndsAnOrderToo(String status) {
        scene.receive(order("1", status));
        assertThat(after(31)).isEqualTo(1);
    }

    @Test
    void whatComesLaterIsTakenOutAsWell() {
        everythingHappens();
        after(31);
        scene.receive(order("1", "delivered"), publish("store"));
        scene.deliver("store");
        assertThat(planted.places()).isNotEmpty();
        assertThat(after(31)).isEqualTo(1);
        assertThat(planted.places()).isEmpty();
    }

    @Test
    void aRepetitionThatNoEventCameOfIsTakenOutAsWell() {
        scene.receive(order("1", "shipped"));
        scene.receive(cancellation());
        scene.repeat(cancellation());
        after(31);
        assertThat(planted.places()).isEmpty();
        scene.repeat(cancellation());
        assertThat(planted.places()).isNotEmpty();
        assertThat(after(31)).isEqualTo(1);
        assertThat(planted.places()).isEmpty();
    }

    @Test
    void bytesThatAnotherOrderRefersToStay() {
        String hash = documents.store(Planted.BASE64, Map.of());
        scene.receive(order("1", "shipped"));
        scene.receive(label("1", hash));
        scene.receive(order("2", "paid"));
        scene.receive(label("2", hash));
        assertThat(after(31)).isEqualTo(1);
        assertThat(documents.source(hash).data()).isEqualTo(Planted.BASE64);
    }

    @ParameterizedTest
    @ValueSource(strings = {"order", "shipment"})
    void whatPostgresqlCannotReadIsTakenOutAsWellAndStopsNobody(String type) {
        scene.receive(order("1", "shipped"));
        long broken = scene.receive(order("2", "paid"));
        scene.receive(event("{\"type\":\"shipment\",\"orderId\":\"2\",\"id\":\"s1\",\"lines\":[]}"));
        scene.receive(order("3", "shipped"));
        scene.execute("update event set payload = replace(payload, '\"2\"', '\"2\\ud800\"') where type = '" + type
                + "' and order_id = " + broken);
        assertThat(after(179)).isEqualTo(2);
        assertThat(after(181)).isEqualTo(1);
        assertThat(planted.places()).isEmpty();
        assertThat(orders.one(broken).row().redactedAt()).isNotNull();
        scene.execute("update event set payload = payload where payload::jsonb is null");
    }

    @Test
    void whatNobodyCanReadStopsNobody() {
        long broken = scene.receive(order("1", "shipped"));
        long sound = scene.receive(order("2", "shipped"));
        scene.execute("update event set payload = 'lost' where order_id = " + broken);
        assertThat(after(181)).isEqualTo(2);
        assertThat(orders.one(sound).row().redactedAt()).isNotNull();
        assertThat(planted.places()).isEmpty();
    }

    @Test
    void refusesToPushARedactedOrder() {
        long order = scene.receive(order("1", "shipped"), publish("store"));
        scene.deliver("store");
        after(31);
        assertThatThrownBy(() -> scene.push(order, List.of(), publish("store")))
                .isInstanceOf(WaybillException.class)
                .hasMessageContaining("personal data was taken out");
    }

    /** An order with a customer, a note, a label, a refused delivery, a cancellation and a return. */
    private long everythingHappens() {
        long order = scene.receive(order("1", "paid"), telling("store"));
        scene.claim("store")
                .forEach(c -> scene.settle(
                        c, new Outcome.Failed("refused", "no customer " + N), "to " + N, "not " + N + " again"));
        new Issues(database.dataSource()).settle();
        new ManualRetries(database.dataSource()).deliveries(DeliveryFilter.ALL, "olga");
        scene.claim("store")
                .forEach(c ->
                        scene.settle(c, new Outcome.Delivered("S-1", "https://store/1"), "to " + N, "welcome " + N));
        String hash = documents.store(Planted.BASE64, Map.of("logo.gif", Planted.BASE64));
        scene.receive(shipment("s1", "{\"id\":\"1\",\"quantity\":2},{\"id\":\"2\",\"quantity\":1}"), publish("store"));
        scene.receive(label("1", hash));
        scene.execute("insert into blob values ('\\x77', 'application/pdf', 'PDF for " + N + "', now())");
        scene.execute(
                "insert into document (id, order_id, kind, name, source, pdf, error, warnings) values (nextval('ledger_id'), "
                        + order + ", 'label', 'label.pdf', '\\x" + hash + "', '\\x77', 'unreadable " + N + "', '{for "
                        + N
                        + "}')");
        scene.receive(event(
                """
                {"type":"return","orderId":"1","id":"r1","reason":"%s did not like it","lines":[{"id":"1","quantity":1}]}"""
                        .formatted(N)));
        new AuditLog(database.dataSource()).record("olga", "cancel", order, "store", Map.of("reason", N + " called"));
        scene.deliver("store");
        scene.execute("update delivery set error = 'was refused for " + N + "' where operation = 'ship-order'");
        return order;
    }

    private static io.waybill.order.Event order(String id, String status) {
        return event(
                """
                {"type":"order","order":{"id":"%s","number":"#%s","status":"%s","currency":"USD","note":"for $N",
                 "totals":{"total":"4.50"},"customer":{"id":"77","name":"$N","email":"$N@example.com"},
                 "shippingAddress":{"name":"$N","line1":"1 $N St","city":"Austin","country":"US"},
                 "billingAddress":{"name":"$N","country":"US"},"attributes":{"gift":"to $N"},
                 "lines":[{"id":"1","sku":"MUG","quantity":2,"price":"1.50","attributes":{"engraving":"$N"}},
                          {"id":"2","sku":"CUP","quantity":1,"price":"1.50"}]}}"""
                        .formatted(id, id, status)
                        .replace("$N", N));
    }

    /** A rule that looked at the customer and wrote a note with the name in it. */
    private static Decided telling(String channel) {
        try {
            return new Decided(
                    channel,
                    Verdict.PUBLISH,
                    null,
                    "create-order",
                    true,
                    false,
                    "R-1",
                    new Overlay(null, null, null, "for " + N, Map.of("to", N), null, null, null, 0),
                    EventJson.MAPPER.readTree(
                            """
                            [{"attribute":"note","outcome":"set","value":"for $N","error":"$N","conditions":[
                               {"path":"order.customer.name","operator":"equals","expected":"x","actual":"$N","result":false}],
                              "lines":[{"line":"1","value":"$N","conditions":[{"path":"line.attributes","actual":"$N"}]}]}]"""
                                    .replace("$N", N)));
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static OrderShipped shipment(String id, String lines) {
        return (OrderShipped) event(
                """
                {"type":"shipment","orderId":"1","id":"%s","carrier":"UPS","trackingNumber":"1Z","lines":[%s]}"""
                        .formatted(id, lines));
    }

    private static io.waybill.order.Event cancellation() {
        return event(
                """
                {"type":"cancellation","orderId":"1","id":"c1","reason":"%s changed her mind"}"""
                        .formatted(N));
    }

    private static io.waybill.order.Event label(String order, String hash) {
        return event(
                """
                {"type":"label","orderId":"%s","id":"l1","shipmentId":"s1","data":"sha256:%s"}"""
                        .formatted(order, hash));
    }

    private int after(int days) {
        Clock clock = Clock.offset(Clock.systemUTC(), Duration.ofDays(days));
        return new Redaction(database.dataSource(), clock, AGES).run(() -> true);
    }
}
