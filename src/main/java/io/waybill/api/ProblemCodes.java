package io.waybill.api;

import java.util.Map;
import org.springframework.http.HttpStatusCode;

/** Codes for refusals that come from the web server and not from a feature. */
final class ProblemCodes {
    private static final Map<Integer, String> CODES = Map.of(
            400, "unreadable-request",
            401, "unauthenticated",
            403, "forbidden",
            404, "unknown-path",
            405, "method-not-allowed",
            406, "not-acceptable",
            413, "body-too-large",
            415, "unsupported-media-type",
            503, "unavailable");

    private ProblemCodes() {}

    static String of(HttpStatusCode status) {
        return CODES.getOrDefault(status.value(), status.is4xxClientError() ? "unreadable-request" : "internal");
    }
}
