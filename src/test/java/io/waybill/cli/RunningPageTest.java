package io.waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class RunningPageTest {
    @Test
    void listsEverySettingAsItIs() throws IOException {
        String page = Files.readString(Path.of("src/docs/operations/running.md"));

        assertThat(SettingsFile.read()).allSatisfy(setting -> assertThat(page).contains(row(setting)));
    }

    private static String row(Setting setting) {
        String value = setting.defaultValue().isEmpty() ? "" : "`" + setting.defaultValue() + "`";
        return "| `" + setting.variable() + "` | " + value + " | " + setting.description() + " |";
    }
}
