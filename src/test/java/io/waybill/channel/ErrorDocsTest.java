package io.waybill.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.order.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ErrorDocsTest {
    @ParameterizedTest
    @MethodSource("codes")
    void isDocumented(ErrorCode code) throws IOException {
        assertThat(Files.readString(Path.of("src/docs/errors.md"))).contains("| `" + code.code() + "` | ");
    }

    static Stream<ErrorCode> codes() {
        return Stream.concat(Stream.of(BundleError.values()), Stream.of(Settings.Code.values()));
    }
}
