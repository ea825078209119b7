package io.waybill.api;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;

/** What Tomcat refuses before any servlet sees it: problem+json instead of its HTML page. */
@Configuration(proxyBeanMethods = false)
class TomcatErrors implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {
    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.addContextCustomizers(context -> {
            if (context.getParent() instanceof StandardHost host) {
                host.setErrorReportValveClass(Page.class.getName());
            }
        });
    }

    /** Tomcat makes it by name, so it is public. */
    public static final class Page extends ErrorReportValve {
        @Override
        protected void report(Request request, Response response, @Nullable Throwable failure) {
            int status = response.getStatus();
            if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
                return;
            }
            try {
                response.setContentType("application/problem+json");
                response.setCharacterEncoding(StandardCharsets.UTF_8.name());
                response.getReporter().write(problem(HttpStatusCode.valueOf(status)));
                response.finishResponse();
            } catch (IOException | IllegalStateException e) {
                // The caller is gone or the answer has begun: nobody is left to tell.
                container.getLogger().debug("no error answer", e);
            }
        }

        private static String problem(HttpStatusCode status) {
            HttpStatus known = HttpStatus.resolve(status.value());
            String title = known == null ? "Error" : known.getReasonPhrase();
            String code = ProblemCodes.of(status);
            return """
                    {"type":"urn:waybill:error:%s","title":"%s","status":%d,"detail":"%s.","code":"%s"}"""
                    .formatted(code, title, status.value(), title, code);
        }
    }
}
