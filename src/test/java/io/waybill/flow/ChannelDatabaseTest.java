package io.waybill.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.flow.DeliveryFault.Kind;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChannelDatabaseTest {
    @ParameterizedTest
    @CsvSource({
        "23505, REFUSED",
        "22P02, REFUSED",
        "42601, REFUSED",
        "40001, BUSY",
        "55P03, BUSY",
        "28P01, CHANNEL_DOWN",
        "3D000, CHANNEL_DOWN",
        "08006, NO_ANSWER",
        "57P01, NO_ANSWER"
    })
    void readsTheStateOfAFailedStatement(String state, Kind kind) {
        assertThat(ChannelDatabase.fault(new SQLException("row of a customer", state)))
                .satisfies(fault -> assertThat(fault.faultKind()).isEqualTo(kind))
                .satisfies(fault -> assertThat(fault).hasMessageNotContaining("customer"));
    }

    @Test
    void withoutAConnectionNothingWasSent() {
        assertThat(ChannelDatabase.fault(new SQLTransientConnectionException("refused", "08001"))
                        .faultKind())
                .isEqualTo(Kind.CHANNEL_DOWN);
    }

    @Test
    void aFailureWithoutStateMayHaveTakenEffect() {
        assertThat(ChannelDatabase.fault(new SQLException("gone")).faultKind()).isEqualTo(Kind.NO_ANSWER);
    }
}
