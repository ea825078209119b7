package io.waybill.ledger;

import static io.waybill.ledger.LedgerScene.event;
import static io.waybill.ledger.LedgerScene.order;
import static io.waybill.ledger.LedgerScene.publish;
import static io.waybill.ledger.LedgerScene.publishLines;
import static io.waybill.ledger.LedgerScene.withhold;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.order.Order;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is counted, and the push state that follows from it. The order: line 1 of two pieces, line 2 of one. */
class TallyTest {
    private final Order order = order("1", "paid", 1).order();
    private final Tally tally = new Tally();

    @Test
    void wantsWhatIsPublishedAndNothingElse() {
        tally.decide(order, false, List.of(publish("a"), publishLines("b", "2"), withhold("c", "no")));
        assertThat(wanted("a")).containsExactly(2, 1);
        assertThat(wanted("b")).containsExactly(0, 1);
        assertThat(wanted("c")).containsExactly(0, 0);
    }

    @Test
    void wantsNothingMoreOfWhatIsWithheldLater() {
        tally.decide(order, false, List.of(publish("a")));
        tally.decide(order, false, List.of(withhold("a", "no")));
        assertThat(wanted("a")).containsExactly(0, 0);
    }

    @Test
    void wantsNowhereWhatIsCancelledWhoeverCancelledIt() {
        tally.decide(order, false, List.of(publish("a"), publish("b")));
        tally.tell(
                "a",
                order,
                event(
                        "{\"type\":\"cancellation\",\"orderId\":\"1\",\"id\":\"c\",\"lines\":[{\"id\":\"1\",\"quantity\":1}]}"));
        assertThat(wanted("a")).containsExactly(1, 1);
        assertThat(wanted("b")).containsExactly(1, 1);
        assertThat(tally.at("a", "1").cancelled()).isEqualTo(1);
        assertThat(tally.at("b", "1").cancelled()).as("nobody told b").isZero();
    }

    @Test
    void countsACancellationOnceThatComesAsStateAndAsFact() {
        tally.tell(
                "shop",
                order,
                event(
                        "{\"type\":\"cancellation\",\"orderId\":\"1\",\"id\":\"c\",\"lines\":[{\"id\":\"1\",\"quantity\":1}]}"));
        Order told = ((io.waybill.order.OrderChanged)
                        event(
                                "{\"type\":\"order\",\"order\":{\"id\":\"1\",\"status\":\"paid\",\"currency\":\"USD\",\"lines\":[{\"id\":\"1\",\"quantity\":2,\"cancelled\":1}]}}"))
                .order();
        tally.decide(told, false, List.of(publish("a")));
        assertThat(tally.at("a", "1").wanted()).isEqualTo(1);
    }

    @Test
    void aWholeCancellationIsAllThatWasLeft() {
        tally.decide(order, false, List.of(publish("a")));
        tally.tell(
                "shop",
                order,
                event(
                        "{\"type\":\"cancellation\",\"orderId\":\"1\",\"id\":\"c\",\"lines\":[{\"id\":\"1\",\"quantity\":1}]}"));
        tally.tell("shop", order, event("{\"type\":\"cancellation\",\"orderId\":\"1\",\"id\":\"d\"}"));
        assertThat(tally.at(Tally.ORDER, "1").cancelled()).isEqualTo(2);
        assertThat(wanted("a")).containsExactly(0, 0);
        assertThat(tally.isCancelledBy("shop", order)).isTrue();
        assertThat(tally.isCancelledBy("a", order)).isFalse();
    }

    @Test
    void isNotPushedPartlyAndWhollyPushed() {
        tally.decide(order, false, List.of(publish("a"), publish("b")));
        assertThat(tally.push(false, false)).isEqualTo(PushState.NOT_PUSHED);
        tally.hold("a", 1, order.lines());
        assertThat(tally.push(false, true)).isEqualTo(PushState.PARTIALLY_PUSHED);
        tally.hold("b", 1, order.lines().subList(0, 1));
        assertThat(tally.push(false, true)).isEqualTo(PushState.PARTIALLY_PUSHED);
        tally.hold("b", 2, order.lines().subList(1, 2));
        assertThat(tally.push(false, true)).isEqualTo(PushState.PUSHED);
        assertThat(tally.push(true, true)).isEqualTo(PushState.CANCELLED);
    }

    @Test
    void anUpdateOfOnePartLeavesTheOtherPartsLines() {
        tally.hold("a", 1, order.lines().subList(0, 1));
        tally.hold("a", 2, order.lines().subList(1, 2));
        tally.hold("a", 1, List.of());
        assertThat(tally.at("a", "1").part()).isNull();
        assertThat(tally.at("a", "2").pushed()).isEqualTo(1);
    }

    @Test
    void aChannelKnowsWhatItToldAndWhatItWasTold() {
        tally.decide(order, false, List.of(publish("a"), publish("b")));
        tally.hold("a", 1, order.lines());
        tally.hold("b", 1, order.lines().subList(0, 1));
        tally.tell("a", order, event("{\"type\":\"shipment\",\"orderId\":\"1\",\"id\":\"s\"}"));
        assertThat(tally.at("a", "1").shipped()).isEqualTo(2);
        tally.knows("shop", 1, true, event("{\"type\":\"shipment\",\"orderId\":\"1\",\"id\":\"s\"}"));
        assertThat(tally.at("shop", "2").shipped()).isEqualTo(1);
        tally.knows("b", 1, false, event("{\"type\":\"shipment\",\"orderId\":\"1\",\"id\":\"s\"}"));
        assertThat(tally.at("b", "1").shipped()).isEqualTo(2);
        assertThat(tally.at("b", "2").shipped()).as("b never had line 2").isZero();
    }

    @Test
    void aReturnWithoutLinesIsMoneyOnly() {
        tally.tell("shop", order, event("{\"type\":\"return\",\"orderId\":\"1\",\"id\":\"r\",\"refund\":\"1.00\"}"));
        assertThat(tally.at(Tally.ORDER, "1").returned()).isZero();
    }

    private List<Integer> wanted(String channel) {
        return List.of(tally.at(channel, "1").wanted(), tally.at(channel, "2").wanted());
    }
}
