package io.waybill.api.access;

import io.waybill.api.Problems;
import io.waybill.api.access.AccessFault.Code;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;

/** 401 and 403 as problem+json. */
final class Refusals implements AuthenticationEntryPoint, AccessDeniedHandler {
    private final Problems problems;
    private final CrossSite crossSite = new CrossSite();

    Refusals(Problems problems) {
        this.problems = problems;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException {
        response.addHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"Waybill\", charset=\"UTF-8\"");
        response.addHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"Waybill\"");
        problems.write(
                response,
                HttpStatus.UNAUTHORIZED,
                Code.UNAUTHENTICATED,
                "This needs a token: send Authorization: Bearer <token>, or HTTP Basic with the token as password.");
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException failure)
            throws IOException {
        if (crossSite.matches(request)) {
            problems.write(
                    response,
                    HttpStatus.FORBIDDEN,
                    Code.CROSS_SITE_REQUEST,
                    "Another web site made your browser send this. Repeat it from Waybill's own pages.");
        } else {
            problems.write(
                    response,
                    HttpStatus.FORBIDDEN,
                    Code.FORBIDDEN,
                    "Your token's role does not allow this. Ask for one with a higher role (viewer < operator < admin).");
        }
    }
}
