package io.waybill.camel;

import static io.waybill.camel.RoutesFixture.answering;
import static io.waybill.camel.RoutesFixture.files;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.channel.Bundle;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.DispatcherServletAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.ServletWebServerFactoryAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.WebMvcAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** HTTP paths of routes come and go with their generation, on one web server that stays up. */
class PathsTest {
    private final HttpClient client = HttpClient.newHttpClient();
    private ServletWebServerApplicationContext application;
    private Generations generations;

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        ServletWebServerFactoryAutoConfiguration.class,
        DispatcherServletAutoConfiguration.class,
        WebMvcAutoConfiguration.class,
        TaskExecutionAutoConfiguration.class
    })
    static class Web {
        @Bean
        OutboundHttp http() {
            return new OutboundHttp(new TargetPolicy(false, true));
        }

        @Bean
        Generations generations(
                org.springframework.context.ApplicationContext application,
                OutboundHttp http,
                java.util.concurrent.Executor applicationTaskExecutor) {
            return new Generations(new Candidates(application, http, applicationTaskExecutor));
        }

        @Bean
        GenerationPaths paths(Generations generations) {
            return new GenerationPaths(generations);
        }
    }

    @BeforeEach
    void start() {
        application = (ServletWebServerApplicationContext) new SpringApplicationBuilder(Web.class)
                .properties("server.port=0", "spring.config.name=none", "spring.main.banner-mode=off")
                .run();
        generations = application.getBean(Generations.class);
    }

    @AfterEach
    void stop() {
        application.close();
    }

    private HttpResponse<String> get(String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + application.getWebServer().getPort() + path);
        return client.send(
                HttpRequest.newBuilder(uri).header("CamelFileName", "evil").build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static Bundle at(String path, String answer) {
        return files().with(
                        "ops/hello.camel.yaml",
                        answering("hello", answer).replace("direct:hello", "platform-http:" + path))
                .bundle(path + answer);
    }

    @Test
    void answersFromTheNewestGeneration() throws Exception {
        generations.switchTo(at("/hello", "old"));
        assertThat(get("/hello").body()).isEqualTo("old");
        generations.switchTo(at("/hello", "new"));
        assertThat(get("/hello").body()).isEqualTo("new");
    }

    @Test
    void forgetsAPathThatIsGone() throws Exception {
        generations.switchTo(at("/hello", "old"));
        generations.switchTo(at("/other", "new"));

        assertThat(get("/hello").statusCode()).isEqualTo(404);
    }

    @Test
    void bringsAPathBackWithARollback() throws Exception {
        generations.switchTo(at("/hello", "old"));
        generations.switchTo(at("/other", "new"));
        generations.rollback();

        assertThat(get("/hello").body()).isEqualTo("old");
    }

    @Test
    void losesNoHttpRequestDuringSwitches() throws Exception {
        generations.switchTo(at("/hello", "0"));
        AtomicBoolean switching = new AtomicBoolean(true);
        Queue<String> wrong = new ConcurrentLinkedQueue<>();
        AtomicInteger answered = new AtomicInteger();
        ExecutorService caller = Executors.newSingleThreadExecutor();
        Future<?> calls = caller.submit(() -> {
            while (switching.get()) {
                HttpResponse<String> response = get("/hello");
                answered.incrementAndGet();
                if (response.statusCode() != 200) {
                    wrong.add(response.statusCode() + " " + response.body());
                }
            }
            return null;
        });
        for (int number = 1; number <= 8; number++) {
            assertThat(generations.switchTo(at("/hello", Integer.toString(number))))
                    .isInstanceOf(Outcome.Switched.class);
        }
        switching.set(false);
        calls.get(30, SECONDS);
        caller.shutdown();

        assertThat(wrong).isEmpty();
        assertThat(answered.get()).isPositive();
        assertThat(get("/hello").body()).isEqualTo("8");
    }
}
