package io.waybill.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waybill.api.AccessTestServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

@SpringBootTest(
        classes = {AccessTestServer.class, AccessConfiguration.class, CallerArgument.class},
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "waybill.access.admin-token=root-token",
            "waybill.access.tokens=vera:viewer:vera-token,olga:operator:olga-token",
            "spring.main.lazy-initialization=true"
        })
class AccessOverHttpTest {
    private final HttpClient client = HttpClient.newHttpClient();

    @LocalServerPort
    private int port;

    @ParameterizedTest
    @CsvSource({
        "GET,    /api/things,                 vera-token, 200",
        "POST,   /api/things,                 vera-token, 403",
        "POST,   /api/things,                 olga-token, 200",
        "PUT,    /api/things,                 olga-token, 200",
        "GET,    /api/deployments,            vera-token, 200",
        "POST,   /api/deployments/reload,     olga-token, 403",
        "POST,   /api/deployments/reload,     root-token, 200",
        "POST,   /api/channels/doba/shadow,   olga-token, 403",
        "POST,   /api/channels/doba/shadow,   root-token, 200",
        "GET,    /api/tokens,                 olga-token, 403",
        "GET,    /api/tokens,                 root-token, 200",
        "GET,    /api/things,                 wrong,      401",
        "DELETE, /api/things,                 wrong,      401",
        "GET,    /anything/else,              wrong,      401",
    })
    void allowsWhatTheRoleAllows(String method, String path, String token, int status) throws Exception {
        assertThat(send(method, path, "Authorization", "Bearer " + token).statusCode())
                .isEqualTo(status);
    }

    @Test
    void asksForALoginAsAProblem() throws Exception {
        HttpResponse<String> answer = send("GET", "/api/things", "Accept", "*/*");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().allValues("WWW-Authenticate")).anyMatch(scheme -> scheme.startsWith("Basic"));
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(code(answer)).isEqualTo("unauthenticated");
    }

    @Test
    void takesTheTokenAsPasswordOfAnyUser() throws Exception {
        String pair = Base64.getEncoder().encodeToString("whoever:vera-token".getBytes(StandardCharsets.UTF_8));

        HttpResponse<String> answer = send("GET", "/api/things", "Authorization", "Basic " + pair);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("vera VIEWER");
    }

    @ParameterizedTest
    @CsvSource({"Basic !!!", "Basic bm9jb2xvbg==", "Bearer", "Digest vera-token", "vera-token"})
    void treatsUnreadableCredentialsAsNone(String header) throws Exception {
        assertThat(send("GET", "/api/things", "Authorization", header).statusCode())
                .isEqualTo(401);
    }

    @Test
    void refusesWhatAnotherSiteMadeTheBrowserSend() throws Exception {
        HttpRequest request = request("POST", "/api/things")
                .header("Authorization", "Bearer olga-token")
                .header("Sec-Fetch-Site", "cross-site")
                .build();

        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(code(answer)).isEqualTo("cross-site-request");
    }

    @Test
    void leavesNoTraceOfACallerForTheNextRequest() throws Exception {
        send("GET", "/api/things", "Authorization", "Bearer root-token");

        assertThat(send("GET", "/api/things", "Accept", "*/*").statusCode()).isEqualTo(401);
    }

    private HttpResponse<String> send(String method, String path, String header, String value)
            throws IOException, InterruptedException {
        return client.send(request(method, path).header(header, value).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String method, String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .method(method, BodyPublishers.noBody());
    }

    private static String code(HttpResponse<String> answer) throws IOException {
        JsonNode problem = new ObjectMapper().readTree(answer.body());
        return problem.path("code").asText();
    }
}
