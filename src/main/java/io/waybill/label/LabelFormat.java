package io.waybill.label;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The formats carriers send. EPL is known only to be refused by name. */
public enum LabelFormat {
    PDF("pdf", "application/pdf"),
    HTML("html", "htm", "xhtml", "text/html", "application/xhtml+xml"),
    GIF("gif", "image/gif"),
    PNG("png", "image/png", "image/x-png"),
    JPEG("jpeg", "jpg", "image/jpeg", "image/jpg"),
    TIFF("tiff", "tif", "image/tiff"),
    ZPL("zpl", "zpl2", "zplii", "x-zpl", "application/zpl", "text/zpl", "application/x-zpl", "text/x-zpl"),
    EPL("epl", "epl2", "application/epl", "text/epl", "application/x-epl");

    private final Set<String> names;

    LabelFormat(String... names) {
        this.names = Set.of(names);
    }

    /** The format behind a carrier's own word for it: {@code PDF}, {@code .png}, {@code image/gif; charset=…}. */
    public static Optional<LabelFormat> named(String declared) {
        String word = declared.toLowerCase(Locale.ROOT).split(";", 2)[0].strip();
        String bare = word.startsWith(".") ? word.substring(1) : word;
        return Arrays.stream(values()).filter(f -> f.names.contains(bare)).findFirst();
    }

    boolean isRaster() {
        return this == GIF || this == PNG || this == JPEG || this == TIFF;
    }
}
