package io.waybill.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.TestDatabase;
import io.waybill.channel.Bundle;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.OrderFilter;
import io.waybill.ledger.OrderViews;
import io.waybill.order.EventJson;
import io.waybill.order.WaybillException;
import io.waybill.rule.RuleSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Orders of the past under other rules. The model's rules give alpha the lines A-, beta those that begin with B-. */
class RulesAppliedTest {
    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final String TURNED =
            """
            {"overwrites": {
              "alpha": [{"attribute": "publish", "when": {"order.currency": {"equals": "USD"}}, "then": false}],
              "beta": [{"attribute": "publish", "when": {"order.currency": {"equals": "USD"}}, "then": true}]}}""";

    private final Map<String, ModelStore> stores = new TreeMap<>();
    private final ModelRoutes routes = ModelRoutes.shopAndDestinations(stores);
    private final ModelNode node = new ModelNode(DATABASE, routes, stores, new Random(1));
    private final RulesApplied rules = new RulesApplied(
            routes, new Ledger(DATABASE.dataSource()), new OrderViews(DATABASE.dataSource()), new Wake());

    @BeforeEach
    void emptyStores() {
        node.empty();
        ModelRoutes.openWithoutFaults(stores);
        stores.get("shop").home("1");
        node.store(
                "shop",
                "state-1",
                """
                {"type":"order","order":{"id":"1","number":"#1","status":"paid","currency":"USD",
                 "lines":[{"id":"1","sku":"A-1","quantity":2}]}}""");
        node.importSome();
    }

    @Test
    void whatHasNotLeftIsTakenBack() {
        RulesApplied.Report preview = apply(null);

        assertThat(preview.destinations())
                .contains(
                        new RulesApplied.Destination("alpha", 0, 1, 0, 0),
                        new RulesApplied.Destination("beta", 1, 0, 0, 0));
        assertThat(apply(1L).changed()).isEqualTo(1);
        node.comeToRest(() -> false);
        assertThat(stores.get("alpha").of("1")).isEmpty();
        assertThat(stores.get("beta").of("1")).hasSize(1);
    }

    @Test
    void whatIsThereStaysThereAndIsToldAsTooLate() {
        node.comeToRest(() -> false);

        RulesApplied.Report done = apply(1L);

        assertThat(done.destinations())
                .contains(
                        new RulesApplied.Destination("alpha", 0, 0, 0, 1),
                        new RulesApplied.Destination("beta", 1, 0, 0, 0));
        assertThat(done.changes())
                .filteredOn(change -> change.destination().equals("alpha"))
                .singleElement()
                .satisfies(change -> assertThat(change.change()).isEqualTo("too-late"));
        node.comeToRest(() -> false);
        assertThat(stores.get("alpha").of("1")).hasSize(1);
    }

    @Test
    void whoeverIsGivenTheOrderIsToldWhatHappenedToItBefore() {
        node.comeToRest(() -> false);
        ModelStore.Placed atAlpha = stores.get("alpha").of("1").get(0);
        node.store(
                "alpha",
                "parcel",
                """
                {"type":"shipment","orderId":"%s","id":"s1","trackingNumber":"T1","lines":[{"id":"1","quantity":1}]}"""
                        .formatted(atAlpha.id));
        node.comeToRest(() -> false);

        apply(1L);
        node.comeToRest(() -> false);

        assertThat(stores.get("beta").of("1")).singleElement().satisfies(placed -> assertThat(placed.facts)
                .singleElement()
                .satisfies(
                        fact -> assertThat(fact.path("trackingNumber").asText()).isEqualTo("T1")));
    }

    @Test
    void ordersOfOtherChannelsThanTheDraftsAreLeftAlone() {
        assertThat(apply(null, Set.of("erp")).changing()).isZero();
        assertThat(apply(null, Set.of()).changing()).isEqualTo(1);
    }

    @Test
    void anotherCountThanWasSeenChangesNothing() {
        assertThatThrownBy(() -> apply(7L)).isInstanceOfSatisfying(WaybillException.class, e -> assertThat(e.code())
                .isEqualTo(FlowError.COUNT_CONFLICT));
        assertThat(apply(null).changing()).isEqualTo(1);
    }

    private RulesApplied.Report apply(Long expect) {
        return apply(expect, Set.of("shop"));
    }

    private RulesApplied.Report apply(Long expect, Set<String> sources) {
        return rules.run(new RulesApplied.Wish(drafts(), sources, OrderFilter.ALL, List.of(), expect, 100, "olga"));
    }

    private Bundle drafts() {
        Bundle now = routes.bundle();
        return new Bundle(
                "draft",
                Map.of(),
                now.channels(),
                List.of(),
                Map.of(),
                now.skus(),
                Map.of(),
                Map.of("shop", rules(TURNED)));
    }

    private static RuleSet rules(String json) {
        return Objects.requireNonNull(
                RuleSet.read(EventJson.tree(json.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                        .rules());
    }
}
