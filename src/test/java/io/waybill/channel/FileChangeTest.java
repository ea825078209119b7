package io.waybill.channel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class FileChangeTest {
    private static Map<String, byte[]> files(String path, String text) {
        return Map.of(path, text.getBytes(UTF_8));
    }

    @Test
    void aChangeIsShownWithThreeLinesAroundIt() {
        Map<String, byte[]> before = files("rules/shop.yaml", "1\n2\n3\n4\n5\n6\n7\n8\n9\n");
        Map<String, byte[]> after = files("rules/shop.yaml", "1\n2\n3\n4\nfive\nfive and a half\n6\n7\n8\n9\n");

        assertThat(FileChange.between(before, after))
                .containsExactly(new FileChange("rules/shop.yaml", "changed", 2, 1));
        assertThat(FileChange.text(before, after))
                .isEqualTo(
                        """
                        --- rules/shop.yaml
                        +++ rules/shop.yaml
                        @@ -2,7 +2,8 @@
                         2
                         3
                         4
                        -5
                        +five
                        +five and a half
                         6
                         7
                         8
                        """);
    }

    @Test
    void aNewFileComesFromNothing() {
        Map<String, byte[]> after = files("channels/new.yaml", "connector: http\n");

        assertThat(FileChange.between(Map.of(), after))
                .containsExactly(new FileChange("channels/new.yaml", "added", 1, 0));
        assertThat(FileChange.text(Map.of(), after))
                .isEqualTo("--- /dev/null\n+++ channels/new.yaml\n@@ -0,0 +1,1 @@\n+connector: http\n");
    }

    @Test
    void aDeletedFileGoesToNothing() {
        Map<String, byte[]> before = files("channels/old.yaml", "connector: http\n");

        assertThat(FileChange.between(before, Map.of()))
                .containsExactly(new FileChange("channels/old.yaml", "removed", 0, 1));
        assertThat(FileChange.text(before, Map.of()))
                .isEqualTo("--- channels/old.yaml\n+++ /dev/null\n@@ -1,1 +0,0 @@\n-connector: http\n");
    }

    @Test
    void whatIsTheSameIsNoChange() {
        assertThat(FileChange.between(files("a", "1"), files("a", "1"))).isEmpty();
        assertThat(FileChange.text(files("a", "1"), files("a", "1"))).isEmpty();
    }
}
