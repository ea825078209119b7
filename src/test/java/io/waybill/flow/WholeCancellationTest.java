package io.waybill.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.TestDatabase;
import io.waybill.ledger.Known;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Wanted;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A source cancels piece by piece, then the whole, while a state that it told before is still on its way. */
class WholeCancellationTest {
    private static final TestDatabase DATABASE = TestDatabase.fresh();

    private final Map<String, ModelStore> stores = new TreeMap<>();
    private final ModelNode node =
            new ModelNode(DATABASE, ModelRoutes.shopAndDestinations(stores), stores, new Random(1));

    @BeforeEach
    void anOrderOfOnePieceThatIsCancelled() {
        node.empty();
        ModelRoutes.openWithoutFaults(stores);
        stores.get("shop").home("1");
        tell("state-1", state(1, 1));
        tell(
                "c1",
                "{\"type\":\"cancellation\",\"orderId\":\"1\",\"id\":\"c1\",\"lines\":[{\"id\":\"1\",\"quantity\":1}]}");
    }

    private void tell(String id, String body) {
        node.store("shop", id, body);
        node.comeToRest(() -> false);
    }

    private static String state(int version, int quantity) {
        return """
                {"type":"order","order":{"id":"1","number":"#1","status":"paid","version":%d,"currency":"USD",
                 "lines":[{"id":"1","sku":"C-1","quantity":%d}]}}"""
                .formatted(version, quantity);
    }

    private boolean isCancelled() {
        Known known = new Ledger(DATABASE.dataSource())
                .look(List.of(new Wanted("shop", "1", null)))
                .get(0);
        return known.cancelled();
    }

    @Test
    void morePiecesReopenWhatWasCancelledPieceByPiece() {
        assertThat(isCancelled()).isTrue();
        tell("state-2", state(2, 3));
        assertThat(isCancelled()).isFalse();
    }

    @Test
    void morePiecesDoNotOutliveTheWordThatAllIsCancelled() {
        tell("c2", "{\"type\":\"cancellation\",\"orderId\":\"1\",\"id\":\"c2\",\"by\":\"customer\"}");
        tell("state-2", state(2, 3));
        assertThat(isCancelled()).isTrue();
    }
}
