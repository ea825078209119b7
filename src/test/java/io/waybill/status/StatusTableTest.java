package io.waybill.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.order.Status;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StatusTableTest {
    private final StatusTable table = new StatusTable(
            List.of("Shipped", "In Transit", "Lost"),
            Map.of("Shipped", Status.SHIPPED, "in transit", Status.SHIPPED, "Packed", Status.PROCESSING));

    @Test
    void knowsWhatIsChosenAndMapped() {
        assertThat(of("Shipped")).isEqualTo(new Meaning.Means(Status.SHIPPED));
        assertThat(of("In Transit")).isEqualTo(new Meaning.Means(Status.SHIPPED));
    }

    @Test
    void doesNotMindCaseAndSpaces() {
        assertThat(of(" SHIPPED")).isEqualTo(new Meaning.Means(Status.SHIPPED));
        assertThat(of("in  transit")).isEqualTo(new Meaning.Means(Status.SHIPPED));
    }

    @Test
    void holdsWhatIsChosenAndNotMapped() {
        assertThat(of("Lost")).isEqualTo(new Meaning.Unmapped());
    }

    @Test
    void holdsWhatNobodyHasHeardOf() {
        assertThat(of("Eaten by dog")).isEqualTo(new Meaning.Unmapped());
        assertThat(of("")).isEqualTo(new Meaning.Unmapped());
    }

    @Test
    void leavesOutWhatIsKnownAndNotChosen() {
        assertThat(of("Packed")).isEqualTo(new Meaning.LeftOut());
        assertThat(of("printed")).isEqualTo(new Meaning.LeftOut());
    }

    @Test
    void meansNothingWhereItCouldMeanTwoThings() {
        StatusTable two =
                new StatusTable(List.of("closed"), Map.of("Closed", Status.CANCELLED, "CLOSED", Status.REFUNDED));
        assertThat(two.of("Closed", List.of())).isEqualTo(new Meaning.Means(Status.CANCELLED));
        assertThat(two.of("closed", List.of())).isEqualTo(new Meaning.Unmapped());
    }

    private Meaning of(String word) {
        return table.of(word, List.of("Printed"));
    }
}
