package io.waybill.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.order.OrderPart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
    private final Map<String, String> environment = new HashMap<>();
    private final Settings settings = new Settings(environment::get);

    @Test
    void seesARotatedVariableAtOnce() {
        Channel channel = channel("Bearer {{env:TOKEN}}");
        environment.put("TOKEN", "one");
        assertThat(settings.resolve(channel, "token")).isEqualTo("Bearer one");
        environment.put("TOKEN", "$2");
        assertThat(settings.resolve(channel, "token")).isEqualTo("Bearer $2");
    }

    @Test
    void readsASecretFileWithoutItsLastLineBreak(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("key"), "secret\n");
        assertThat(settings.resolve(channel("{{file:" + file + "}}"), "token")).isEqualTo("secret");
    }

    @Test
    void namesChannelKeyAndVariableButNoValue() {
        environment.put("USER", "ada");
        assertThatThrownBy(() -> settings.resolve(channel("{{env:USER}}:{{env:TOKEN}}"), "token"))
                .hasMessage("Setting token of channel shop needs environment variable TOKEN, which is not set."
                        + " Set it and try again.")
                .extracting("code")
                .isEqualTo(Settings.Code.SETTING_UNRESOLVED);
        assertThatThrownBy(() -> settings.resolve(channel("x"), "url"))
                .hasMessageContaining("shop")
                .extracting("code")
                .isEqualTo(Settings.Code.SETTING_MISSING);
    }

    @Test
    void aValueIsNeverResolvedTwice() {
        environment.put("TOKEN", "{{env:OTHER}}");
        assertThat(settings.resolve(channel("{{env:TOKEN}}"), "token")).isEqualTo("{{env:OTHER}}");
    }

    private static Channel channel(String token) {
        Connector connector = new Connector(
                "toy",
                "Toy",
                Map.of(),
                Map.of(),
                Set.of(),
                true,
                Duration.ZERO,
                false,
                Connector.Webhook.NONE,
                List.of());
        return new Channel(
                "shop",
                connector,
                "Shop",
                Role.MARKETPLACE,
                Map.of("token", token),
                null,
                Channel.Limits.DEFAULT,
                Map.of(),
                Channel.Push.AUTOMATIC,
                true,
                OrderPart.DEFAULT,
                Channel.OrderForm.DEFAULT,
                Channel.LabelForm.PDF,
                false);
    }
}
