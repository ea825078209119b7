package io.waybill.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminTokenTest {
    @TempDir
    private Path data;

    @Test
    void isShownOnlyAtTheStartThatMadeIt() {
        AdminToken made = AdminToken.of("", data);
        AdminToken kept = AdminToken.of("", data);

        assertThat(made.hint()).contains(made.value());
        assertThat(kept.value()).isEqualTo(made.value());
        assertThat(kept.hint()).doesNotContain(made.value()).contains("admin-token");
    }

    @Test
    void isReadableByItsOwnerAlone() throws IOException {
        AdminToken.of("", data);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve(AdminToken.FILE))))
                .isEqualTo("rw-------");
    }

    @Test
    void takesTheSettingAndWritesNothing() {
        AdminToken token = AdminToken.of("given", data);

        assertThat(token.value()).isEqualTo("given");
        assertThat(data).isEmptyDirectory();
    }
}
