package io.waybill.api;

import io.waybill.order.ErrorCode;
import org.springframework.http.HttpStatus;

/**
 * The HTTP status of a failure. Its kind decides; among the caller's faults the code's own words tell what is missing
 * (404), in conflict (409) or too large (413), so that features need not know HTTP.
 */
final class ProblemStatus {
    private ProblemStatus() {}

    static HttpStatus of(ErrorCode code) {
        return switch (code.kind()) {
            case CALLER -> caller(code.code());
            case DATA -> HttpStatus.UNPROCESSABLE_ENTITY;
            case PARTNER -> HttpStatus.SERVICE_UNAVAILABLE;
            case INTERNAL -> HttpStatus.INTERNAL_SERVER_ERROR;
        };
    }

    private static HttpStatus caller(String code) {
        if (code.equals("unauthenticated") || code.equals("bad-signature") || code.equals("stale-timestamp")) {
            return HttpStatus.UNAUTHORIZED;
        }
        if (code.startsWith("unknown-") || code.endsWith("not-found")) {
            return HttpStatus.NOT_FOUND;
        }
        if (code.startsWith("already-")
                || code.startsWith("wrong-state")
                || code.endsWith("-conflict")
                || code.endsWith("-read-only")) {
            return HttpStatus.CONFLICT;
        }
        return code.endsWith("-too-large") ? HttpStatus.PAYLOAD_TOO_LARGE : HttpStatus.BAD_REQUEST;
    }
}
