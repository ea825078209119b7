package io.waybill.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.util.matcher.AnyRequestMatcher;

@SpringBootTest(
        classes = {AccessTestServer.class, ProblemsOverHttpTest.NoLogin.class},
        webEnvironment = WebEnvironment.RANDOM_PORT)
@ExtendWith(OutputCaptureExtension.class)
class ProblemsOverHttpTest {
    private final HttpClient client = HttpClient.newHttpClient();

    @LocalServerPort
    private int port;

    @ParameterizedTest
    @CsvSource({
        "UNKNOWN_CHANNEL,   404, unknown-channel",
        "ORDER_NOT_FOUND,   404, order-not-found",
        "ALREADY_CANCELLED, 409, already-cancelled",
        "BODY_TOO_LARGE,    413, body-too-large",
        "STALE_TIMESTAMP,   401, stale-timestamp",
        "INVALID_EVENT,     422, invalid-event",
        "CHANNEL_AWAY,      503, channel-away",
        "DEFECT,            500, defect",
        "UNFORESEEN,        500, internal",
    })
    void answersEachFailureWithItsStatusAndCode(String failure, int status, String code) throws Exception {
        HttpResponse<String> answer = send("GET", "/access-test/fails/" + failure, "");

        assertThat(answer.statusCode()).isEqualTo(status);
        assertProblem(answer, status, code);
    }

    @Test
    void keepsTheUnforeseenToItself(CapturedOutput output) throws Exception {
        HttpResponse<String> answer = send("GET", "/access-test/fails/UNFORESEEN", "");

        assertThat(answer.body()).doesNotContain("secret inside").doesNotContain("Exception");
        assertThat(output).contains("secret inside");
    }

    @ParameterizedTest
    @CsvSource({
        "GET,  /nowhere,        404, unknown-path",
        "GET,  /access-test/json,  405, method-not-allowed",
        "POST, /access-test/json,  415, unsupported-media-type",
    })
    void answersWhatSpringRefuses(String method, String path, int status, String code) throws Exception {
        assertProblem(send(method, path, "x"), status, code);
    }

    @Test
    void answersAnUnreadableBody() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/access-test/json"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"text\": "))
                .build();

        assertProblem(client.send(request, BodyHandlers.ofString()), 400, "unreadable-request");
    }

    /** Refused by Tomcat itself, before any filter of ours. */
    @Test
    void answersAMalformedRequestLine() throws IOException {
        String answer = raw("GET /web hooks/<script> HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(answer)
                .startsWith("HTTP/1.1 400")
                .contains("unreadable-request")
                .doesNotContain("<html");
    }

    private HttpResponse<String> send(String method, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .header("Content-Type", "text/plain")
                .method(method, BodyPublishers.ofString(body))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket("localhost", port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String code) throws IOException {
        JsonNode problem = new ObjectMapper().readTree(answer.body());
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("code").asText()).isEqualTo(code);
        assertThat(problem.path("detail").asText()).isNotBlank();
    }

    @Configuration(proxyBeanMethods = false)
    static class NoLogin {
        @Bean
        SecurityFilterChain open() {
            return new DefaultSecurityFilterChain(AnyRequestMatcher.INSTANCE);
        }
    }
}
