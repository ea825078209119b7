package io.waybill.cli.trial;

import io.waybill.label.LabelSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** A label in the jar, made up for this: an address, a Code 128, in some kinds a matrix code. */
public enum LabelSpecimen {
    HTML("html"),
    GIF("gif"),
    PNG("png"),
    JPEG("jpg"),
    PDF("pdf"),
    ZPL("zpl");

    private final String extension;

    LabelSpecimen(String extension) {
        this.extension = extension;
    }

    static List<LabelSpecimen> all() {
        return Arrays.asList(values());
    }

    byte[] bytes() {
        String file = "label." + extension;
        try (InputStream in = LabelSpecimen.class.getResourceAsStream(file)) {
            return Objects.requireNonNull(in, file).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    LabelSource source() {
        return LabelSource.of(bytes(), name(), "4x6in");
    }
}
