package io.waybill.label;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes a label out of what carriers wrap it in: a data URI, Base64 in any of its spellings, one gzip layer, one more Base64
 * layer. Every length is capped before anything is decoded.
 */
final class Envelope {
    private static final int BASE64_LAYERS = 2;
    private static final Pattern DATA_URI =
            Pattern.compile("^data:([^,;]{0,100})((?:;[^,;]{0,100}){0,5}),", Pattern.CASE_INSENSITIVE);

    private byte[] data;
    private int base64Layers;
    private int gzipLayers;
    private Optional<String> mediaType = Optional.empty();

    private Envelope(byte[] data) {
        this.data = data;
    }

    /** What was inside, and the media type a data URI claimed for it. */
    record Opened(byte[] bytes, Optional<String> mediaType) {}

    static Opened open(byte[] wrapped) {
        Envelope envelope = new Envelope(wrapped);
        envelope.unwrap();
        return new Opened(envelope.data, envelope.mediaType);
    }

    private void unwrap() {
        limit(Limits.ENCODED_BYTES);
        while (!known()) {
            if (isBlank()) {
                throw new LabelException(LabelError.EMPTY_LABEL, "The label holds no bytes");
            }
            if (Sniffer.isGzip(data)) {
                gunzip();
            } else if (!readDataUri() && !readBase64()) {
                return;
            }
        }
        limit(Limits.LABEL_BYTES);
    }

    private boolean known() {
        return Sniffer.format(data).isPresent() || Sniffer.foreign(data).isPresent();
    }

    private void limit(int bytes) {
        if (data.length > bytes) {
            throw new LabelException(
                    LabelError.LABEL_TOO_LARGE,
                    "The label has " + data.length + " bytes; the limit is " + (bytes >> 20) + " MiB");
        }
    }

    private boolean isBlank() {
        for (byte b : data) {
            if (b > ' ' || b < 0) {
                return false;
            }
        }
        return true;
    }

    private void gunzip() {
        if (++gzipLayers > 1) {
            throw new LabelException(LabelError.INFLATES_TOO_MUCH, "More than one gzip layer around a label");
        }
        data = Inflation.gunzip(data);
    }

    private boolean readDataUri() {
        String head = new String(data, 0, Math.min(data.length, 800), StandardCharsets.ISO_8859_1);
        int start = head.length() - head.stripLeading().length();
        Matcher m = DATA_URI.matcher(head.substring(start));
        if (!m.find()) {
            return false;
        }
        if (mediaType.isPresent()) {
            throw new LabelException(LabelError.BAD_ENCODING, "A data URI inside a data URI");
        }
        mediaType = Optional.of(m.group(1).strip());
        String body = new String(data, StandardCharsets.ISO_8859_1).substring(start + m.end());
        data = m.group(2).toLowerCase(Locale.ROOT).contains(";base64") ? ascii(body) : percentDecoded(body);
        if (m.group(2).toLowerCase(Locale.ROOT).contains(";base64")) {
            return readBase64();
        }
        return true;
    }

    private static byte[] percentDecoded(String body) {
        try {
            // A plus sign is itself in a data URI, unlike in a form.
            return URLDecoder.decode(body.replace("+", "%2B"), StandardCharsets.ISO_8859_1)
                    .getBytes(StandardCharsets.ISO_8859_1);
        } catch (IllegalArgumentException e) {
            throw new LabelException(LabelError.BAD_ENCODING, "The data URI holds a bad percent escape", e);
        }
    }

    /** False where this is no Base64 at all; an error where it is but a spoilt one. */
    private boolean readBase64() {
        byte[] letters = Base64Text.letters(data);
        if (letters.length == 0) {
            return false;
        }
        if (++base64Layers > BASE64_LAYERS) {
            throw new LabelException(LabelError.BAD_ENCODING, "More than two Base64 layers around a label");
        }
        try {
            data = Base64.getDecoder().decode(letters);
        } catch (IllegalArgumentException e) {
            throw new LabelException(LabelError.BAD_ENCODING, "The label's Base64 has a bad length or padding", e);
        }
        return true;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
