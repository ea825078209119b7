package io.waybill.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.order.EventJson;
import io.waybill.order.InvalidEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The published schema and the reader say the same about each event: one file, one case. */
class EventSchemaTest {
    private static final Path EVENTS = Path.of("src/test/resources/events");

    @ParameterizedTest
    @MethodSource("valid")
    void bothTakeWhatIsValid(Path file) {
        assertThat(Schemas.load("event").validate(EventJson.tree(bytes(file)))).isEmpty();
        assertThatCode(() -> EventJson.read(bytes(file))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void bothRefuseWhatIsNot(Path file) {
        assertThat(Schemas.load("event").validate(EventJson.tree(bytes(file)))).isNotEmpty();
        assertThatThrownBy(() -> EventJson.read(bytes(file))).isInstanceOf(InvalidEvent.class);
    }

    @ParameterizedTest
    @MethodSource("valid")
    void whatWeWriteFitsTheSchema(Path file) {
        assertThat(Schemas.load("event").validate(EventJson.tree(EventJson.read(bytes(file)))))
                .isEmpty();
    }

    static List<Path> valid() throws IOException {
        return files("valid");
    }

    static List<Path> invalid() throws IOException {
        return files("invalid");
    }

    private static List<Path> files(String folder) throws IOException {
        try (Stream<Path> files = Files.list(EVENTS.resolve(folder))) {
            List<Path> cases = files.sorted().toList();
            assertThat(cases).hasSizeGreaterThanOrEqualTo(12);
            return cases;
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
