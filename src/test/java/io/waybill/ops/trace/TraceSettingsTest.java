package io.waybill.ops.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.order.WaybillException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TraceSettingsTest {
    @ParameterizedTest
    @CsvSource({
        "http://collector:4318, http://collector:4318/v1/traces",
        "http://collector:4318/, http://collector:4318/v1/traces",
        "https://traces.example.com/otlp/v1/traces, https://traces.example.com/otlp/v1/traces"
    })
    void goToOtlpsOwnPathWhereNoneIsGiven(String endpoint, String url) {
        assertThat(new TraceSettings(endpoint, 1).url()).isEqualTo(url);
    }

    @Test
    void refuseAnAddressThatIsNone() {
        assertThatThrownBy(() -> new TraceSettings("collector:4318", 1))
                .isInstanceOf(WaybillException.class)
                .hasMessageContaining("WAYBILL_OTLP_ENDPOINT");
    }

    @Test
    void refuseAShareThatIsNone() {
        assertThatThrownBy(() -> new TraceSettings("", 2))
                .isInstanceOf(WaybillException.class)
                .hasMessageContaining("WAYBILL_TRACE_SAMPLE");
    }
}
