package io.waybill.api.access;

import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;

/** The token typed into the login page says who comes; nothing else is asked. */
final class TokenLogin implements AuthenticationProvider {
    private final Tokens tokens;

    TokenLogin(Tokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public Authentication authenticate(Authentication asked) {
        Object token = asked.getCredentials();
        Caller caller = tokens.find(token == null ? "" : token.toString().strip())
                .orElseThrow(() -> new BadCredentialsException("no such token"));
        return UsernamePasswordAuthenticationToken.authenticated(
                caller, null, caller.role().authorities());
    }

    @Override
    public boolean supports(Class<?> kind) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(kind);
    }
}
