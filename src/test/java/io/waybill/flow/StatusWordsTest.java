package io.waybill.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.channel.Bundle;
import io.waybill.channel.SkuAliases;
import io.waybill.channel.StatusMapping;
import io.waybill.order.Status;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StatusWordsTest {
    private final Bundle bundle = new Bundle(
            "hash",
            Map.of(),
            Map.of(),
            List.of(),
            Map.of(
                    "first", mapping("first", List.of("Sent", "Lost"), Map.of("Sent", Status.SHIPPED)),
                    "second",
                            mapping(
                                    "second",
                                    List.of("Lost"),
                                    Map.of("Lost", Status.ON_HOLD, "Made", Status.PROCESSING))),
            SkuAliases.NONE,
            Map.of());

    @Test
    void tellsOurWordForTheirs() {
        assertThat(words("supplier", "shop").told("sent")).isEqualTo("shipped");
    }

    @Test
    void oneConfigurationThatKnowsIsEnough() {
        assertThat(words("supplier", "shop").hold("Lost")).isFalse();
        assertThat(words("supplier", "shop").told("Lost")).isEqualTo("on_hold");
    }

    @Test
    void holdsWhatNoneKnowsAndLeavesOutWhatNoneWants() {
        assertThat(words("supplier", "shop").hold("Eaten")).isTrue();
        assertThat(words("supplier", "shop").leaveOut("Eaten")).isFalse();
    }

    @Test
    void passesEverythingWhereNothingIsConfigured() {
        StatusWords back = words("shop", "supplier");
        assertThat(back.hold("Eaten")).isFalse();
        assertThat(back.leaveOut("Eaten")).isFalse();
        assertThat(back.told("Eaten")).isEqualTo("Eaten");
    }

    @Test
    void knowsItsOwnWordWhenItComesBack() {
        assertThat(StatusWords.says(bundle, "shop", "Shipped", "shipped")).isTrue();
        assertThat(StatusWords.says(bundle, "supplier", "Sent", "shipped")).isTrue();
        assertThat(StatusWords.says(bundle, "supplier", "Made", "shipped")).isFalse();
    }

    private StatusWords words(String from, String to) {
        return new StatusWords(bundle, from, to);
    }

    private static StatusMapping mapping(String name, List<String> statuses, Map<String, Status> map) {
        return new StatusMapping(
                name, "statuses/" + name + ".yaml", "supplier", "shop", null, null, statuses, map, null);
    }
}
