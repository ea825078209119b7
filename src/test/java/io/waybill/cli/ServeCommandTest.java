package io.waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class ServeCommandTest {
    /** As a server starts with WAYBILL_DATA and --data. */
    private static StandardEnvironment started() {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                                Map.of("WAYBILL_DATA", "/variable", "WAYBILL_DATABASE_URL", "jdbc:variable")));
        environment
                .getPropertySources()
                .addFirst(ServeCommand.source(Map.of("WAYBILL_DATA", "/option", "WAYBILL_DATABASE_URL", "")));
        ConfigurationPropertySources.attach(environment);
        return environment;
    }

    @Test
    void theOptionWinsOverTheVariableUnderTheSettingsName() {
        assertThat(started().getProperty("waybill.data")).isEqualTo("/option");
        assertThat(started().getProperty("waybill.database.url")).isEmpty();
    }

    @Test
    void theOptionWinsInPlaceholders() {
        assertThat(started().resolvePlaceholders("${WAYBILL_DATA:./data}")).isEqualTo("/option");
    }

    @Test
    void theOptionWinsWhenARecordOfSettingsIsBound() {
        assertThat(Binder.get(started()).bind("waybill.data", String.class).get())
                .isEqualTo("/option");
    }
}
