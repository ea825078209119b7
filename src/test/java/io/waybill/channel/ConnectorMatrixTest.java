package io.waybill.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ConnectorMatrixTest {
    /** Also leaves the page as it should be under {@code target}, to be copied. */
    @Test
    void thePageTellsWhatTheConnectorsCanDo() throws IOException {
        String page = Files.readString(ConnectorMatrix.FILE);
        String wanted = ConnectorMatrix.text(page, Path.of("routes"));
        Path copy = Path.of("target/connectors/README.md");
        Files.createDirectories(copy.getParent());
        Files.writeString(copy, wanted);
        assertThat(page)
                .as("run ConnectorMatrix.main, or: cp %s %s", copy, ConnectorMatrix.FILE)
                .isEqualTo(wanted);
    }
}
