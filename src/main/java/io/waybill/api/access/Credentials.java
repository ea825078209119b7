package io.waybill.api.access;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The token in an {@code Authorization} header: as bearer, or as the password of HTTP Basic with any user name. */
final class Credentials {
    private static final String BEARER = "bearer ";
    private static final String BASIC = "basic ";

    private Credentials() {}

    static Optional<String> token(@Nullable String header) {
        if (header == null) {
            return Optional.empty();
        }
        if (startsWith(header, BEARER)) {
            return Optional.of(header.substring(BEARER.length()).strip());
        }
        return startsWith(header, BASIC)
                ? password(header.substring(BASIC.length()).strip())
                : Optional.empty();
    }

    private static boolean startsWith(String header, String scheme) {
        return header.regionMatches(true, 0, scheme, 0, scheme.length());
    }

    private static Optional<String> password(String encoded) {
        try {
            String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon < 0 ? Optional.empty() : Optional.of(pair.substring(colon + 1));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
