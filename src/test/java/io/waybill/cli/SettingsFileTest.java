package io.waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SettingsFileTest {
    @Test
    void readsVariableDefaultAndTheCommentAboveIt() {
        List<Setting> settings = SettingsFile.parse(
                """
                waybill:
                  # First line,
                  # second line.
                  some-folder: ${WAYBILL_SOME_FOLDER:./here}
                """);

        assertThat(settings).containsExactly(new Setting("WAYBILL_SOME_FOLDER", "./here", "First line, second line."));
        assertThat(settings.get(0).option()).isEqualTo("--some-folder");
    }

    @Test
    void keepsTheDefaultsThatTheGuidePromises() {
        assertThat(SettingsFile.read().stream().collect(Collectors.toMap(Setting::variable, Setting::defaultValue)))
                .containsEntry("WAYBILL_ROUTES", "./routes")
                .containsEntry("WAYBILL_DATA", "./data")
                .containsEntry("WAYBILL_PORT", "8080")
                .containsEntry("WAYBILL_BIND", "127.0.0.1")
                .containsEntry("WAYBILL_DATABASE_URL", "")
                .containsEntry("WAYBILL_DATABASE_USER", "waybill")
                .containsEntry("WAYBILL_DATABASE_PASSWORD", "")
                .containsEntry("WAYBILL_SANDBOX", "true")
                .containsEntry("WAYBILL_ADMIN_TOKEN", "")
                .containsEntry("WAYBILL_TOKENS", "")
                .containsEntry("WAYBILL_ALLOW_PRIVATE_TARGETS", "false");
    }

    @Test
    void explainsEverySetting() {
        assertThat(SettingsFile.read())
                .allSatisfy(setting ->
                        assertThat(setting.description()).as(setting.variable()).isNotBlank());
    }
}
