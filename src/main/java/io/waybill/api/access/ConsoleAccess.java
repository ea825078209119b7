package io.waybill.api.access;

import jakarta.servlet.DispatcherType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/**
 * The console's door: a login by token that is kept in a session, by a cookie that scripts and other sites do not get to use. Every form
 * carries a token of its session, and pages may load nothing but our own style and pictures.
 */
@Configuration(proxyBeanMethods = false)
class ConsoleAccess {
    private static final String LOGIN = "/console/login";
    private static final String[] OPEN = {LOGIN, "/console/console.css", "/console/icon.svg", "/console/refused"};
    private static final String[] ADMINS = {"/console/deployments/**", "/console/channels/*/shadow"};
    private static final String NOTHING_FOREIGN =
            "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    @Bean
    @Order(1)
    SecurityFilterChain console(HttpSecurity http, Tokens tokens) throws Exception {
        return http.securityMatcher("/console", "/console/**")
                .authenticationManager(new ProviderManager(byToken(tokens)))
                .formLogin(login -> login.loginPage(LOGIN)
                        .passwordParameter("token")
                        .defaultSuccessUrl("/console")
                        .failureUrl(LOGIN + "?refused"))
                .logout(logout -> logout.logoutUrl("/console/logout").logoutSuccessUrl(LOGIN + "?out"))
                .headers(headers -> headers.contentSecurityPolicy(csp -> csp.policyDirectives(NOTHING_FOREIGN))
                        .frameOptions(HeadersConfigurer.FrameOptionsConfig::deny)
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN)))
                .authorizeHttpRequests(ConsoleAccess::rules)
                .exceptionHandling(refused -> refused.accessDeniedPage("/console/refused"))
                .build();
    }

    private static AuthenticationProvider byToken(Tokens tokens) {
        return new TokenLogin(tokens);
    }

    private static void rules(
            AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry requests) {
        requests.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.FORWARD, DispatcherType.INCLUDE)
                .permitAll()
                .requestMatchers(OPEN)
                .permitAll()
                .requestMatchers(new CrossSite())
                .denyAll()
                .requestMatchers(HttpMethod.GET)
                .hasRole(AccessRole.VIEWER.name())
                .requestMatchers(HttpMethod.HEAD)
                .hasRole(AccessRole.VIEWER.name())
                .requestMatchers(ADMINS)
                .hasRole(AccessRole.ADMIN.name())
                .anyRequest()
                .hasRole(AccessRole.OPERATOR.name());
    }
}
