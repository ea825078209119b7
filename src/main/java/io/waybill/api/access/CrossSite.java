package io.waybill.api.access;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * A changing request that another web site made a browser send. Browsers repeat HTTP Basic credentials on their own, so
 * such a request would carry them. Programs send no {@code Sec-Fetch-Site} and are not affected.
 */
final class CrossSite implements RequestMatcher {
    private static final Set<String> HARMLESS_METHODS = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
    private static final Set<String> OUR_OWN = Set.of("same-origin", "none");

    @Override
    public boolean matches(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        return site != null && !OUR_OWN.contains(site) && !HARMLESS_METHODS.contains(request.getMethod());
    }
}
