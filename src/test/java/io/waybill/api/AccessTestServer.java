package io.waybill.api;

import io.waybill.api.access.Caller;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.http.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.autoconfigure.jackson.JacksonAutoConfiguration;
import org.springframework.boot.autoconfigure.security.servlet.SecurityAutoConfiguration;
import org.springframework.boot.autoconfigure.security.servlet.SecurityFilterAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.DispatcherServletAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.ServletWebServerFactoryAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.WebMvcAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.error.ErrorMvcAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The web half of the server with a few plain controllers: no database, no Camel. */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration({
    ServletWebServerFactoryAutoConfiguration.class,
    DispatcherServletAutoConfiguration.class,
    WebMvcAutoConfiguration.class,
    HttpMessageConvertersAutoConfiguration.class,
    JacksonAutoConfiguration.class,
    ErrorMvcAutoConfiguration.class,
    SecurityAutoConfiguration.class,
    SecurityFilterAutoConfiguration.class
})
@Import({Problems.class, ProblemDetails.class, ErrorPage.class, AccessTestServer.Things.class, TomcatErrors.class})
public class AccessTestServer {
    @RestController
    static class Things {
        @RequestMapping({"/api/things", "/api/deployments/**", "/api/channels/*/shadow", "/api/tokens"})
        String things(Caller caller) {
            return caller.name() + " " + caller.role();
        }

        @PostMapping("/access-test/json")
        String json(@RequestBody Body body) {
            return body.text();
        }

        @RequestMapping("/access-test/fails/{how}")
        String fails(@org.springframework.web.bind.annotation.PathVariable String how) {
            throw ProblemSample.valueOf(how).exception();
        }
    }

    record Body(String text) {}
}
