package io.waybill.api.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Knows callers by their token. A wrong one is as good as none: the rules of the chain then ask for a login. */
final class TokenFilter extends OncePerRequestFilter {
    private final Tokens tokens;

    TokenFilter(Tokens tokens) {
        this.tokens = tokens;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<Caller> caller =
                Credentials.token(request.getHeader(HttpHeaders.AUTHORIZATION)).flatMap(tokens::find);
        caller.ifPresent(TokenFilter::remember);
        chain.doFilter(request, response);
    }

    /** The chain's own context filter clears it at the end of the request. */
    private static void remember(Caller caller) {
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(UsernamePasswordAuthenticationToken.authenticated(
                caller, null, caller.role().authorities()));
        SecurityContextHolder.setContext(context);
    }
}
