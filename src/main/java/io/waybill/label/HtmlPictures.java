package io.waybill.label;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Finds each picture an HTML label refers to among its siblings or in its data URI, and gives it a private address. */
final class HtmlPictures {
    static final String SCHEME = "label";

    private final Map<String, byte[]> siblings = new TreeMap<>();
    private final Map<String, String> addresses = new LinkedHashMap<>();
    private final Map<String, byte[]> pictures = new LinkedHashMap<>();
    private int used;
    private long pixels;

    HtmlPictures(Map<String, byte[]> resources) {
        resources.forEach((name, data) -> siblings.put(fileName(name), data));
    }

    Map<String, byte[]> pictures() {
        return pictures;
    }

    /** How many of the pictures are siblings. */
    int siblingsUsed() {
        return used;
    }

    /** The private address of the picture behind a reference; empty where no such picture came with the label. */
    Optional<String> address(String reference) {
        String known = addresses.get(reference);
        if (known != null) {
            return Optional.of(known);
        }
        boolean inline = reference.regionMatches(true, 0, "data:", 0, 5);
        byte[] wrapped = inline ? reference.getBytes(StandardCharsets.ISO_8859_1) : siblings.get(fileName(reference));
        if (wrapped == null) {
            return Optional.empty();
        }
        String address = SCHEME + ":" + pictures.size();
        pictures.put(address, checked(wrapped));
        addresses.put(reference, address);
        if (!inline) {
            used++;
        }
        return Optional.of(address);
    }

    private byte[] checked(byte[] wrapped) {
        byte[] bytes = Envelope.open(wrapped).bytes();
        LabelFormat format = Sniffer.format(bytes)
                .filter(LabelFormat::isRaster)
                .orElseThrow(() -> new LabelException(
                        LabelError.UNSUPPORTED_FORMAT, "A picture in the HTML is no GIF, PNG or JPEG"));
        RasterHeader header = RasterHeader.read(format, bytes);
        pixels += header.pixels();
        if (pixels > Limits.PIXELS) {
            throw new LabelException(
                    LabelError.TOO_MANY_PIXELS, "The HTML's pictures have more than " + Limits.PIXELS + " pixels");
        }
        return header.safe();
    }

    /** The last segment of a reference, without query, escapes and case: {@code ./Label1Z.GIF?x} is {@code label1z.gif}. */
    static String fileName(String reference) {
        String path = reference.strip().split("[?#]", 2)[0].replace('\\', '/');
        String last = path.substring(path.lastIndexOf('/') + 1);
        return decoded(last).toLowerCase(Locale.ROOT);
    }

    private static String decoded(String name) {
        try {
            return URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return name;
        }
    }
}
