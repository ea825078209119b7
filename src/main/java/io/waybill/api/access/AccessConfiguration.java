package io.waybill.api.access;

import io.waybill.api.Problems;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.IpAddressAuthorizationManager;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;

/** Webhooks prove themselves by signature and never come here; everything else asks for a token, and refuses by default. */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
class AccessConfiguration {
    private static final String[] OPEN = {"/actuator/health/liveness", "/actuator/health/readiness"};
    private static final String[] ADMINS = {"/api/deployments/**", "/api/tokens/**", "/api/channels/*/shadow"};
    private static final String[] ADMINS_WHOLLY = {"/api/tokens/**", "/actuator/jolokia/**"};

    @Bean
    AdminToken adminToken(
            @Value("${waybill.access.admin-token}") String setting, @Value("${waybill.data}") String data) {
        return AdminToken.of(setting, Path.of(data));
    }

    @Bean
    Tokens tokens(AdminToken admin, @Value("${waybill.access.tokens}") String more) {
        return Tokens.of(admin.value(), more);
    }

    @Bean
    SecurityFilterChain everythingElse(HttpSecurity http, Tokens tokens, Problems problems) throws Exception {
        Refusals refusals = new Refusals(problems);
        return http.sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .addFilterBefore(new TokenFilter(tokens), AnonymousAuthenticationFilter.class)
                .authorizeHttpRequests(AccessConfiguration::rules)
                .exceptionHandling(
                        refused -> refused.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
                .build();
    }

    private static void rules(
            AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry requests) {
        requests.dispatcherTypeMatchers(jakarta.servlet.DispatcherType.ERROR, jakarta.servlet.DispatcherType.ASYNC)
                .permitAll()
                .requestMatchers(HttpMethod.GET, OPEN)
                .permitAll()
                .requestMatchers("/sandbox/**")
                .access(IpAddressAuthorizationManager.hasIpAddress("127.0.0.1"))
                .requestMatchers(new CrossSite())
                .denyAll()
                .requestMatchers(ADMINS_WHOLLY)
                .hasRole(AccessRole.ADMIN.name())
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
