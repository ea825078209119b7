package io.waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvironmentTest {
    private static final List<Setting> SETTINGS = List.of(new Setting("WAYBILL_PORT", "8080", "Port."));

    @Test
    void fallsBackToTheDefault() {
        assertThat(new Environment(SETTINGS, Map.of()).get("WAYBILL_PORT")).isEqualTo("8080");
    }

    @Test
    void prefersTheVariableToTheDefault() {
        assertThat(new Environment(SETTINGS, Map.of("WAYBILL_PORT", "1")).get("WAYBILL_PORT"))
                .isEqualTo("1");
    }

    @Test
    void prefersTheOptionToTheVariable() {
        Environment environment = new Environment(SETTINGS, Map.of("WAYBILL_PORT", "1"));
        environment.option("WAYBILL_PORT", "2");

        assertThat(environment.get("WAYBILL_PORT")).isEqualTo("2");
    }
}
