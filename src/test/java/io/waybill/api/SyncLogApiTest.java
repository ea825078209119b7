package io.waybill.api;

import static io.waybill.ledger.LedgerScene.order;
import static io.waybill.ledger.LedgerScene.publish;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waybill.ledger.LedgerScene;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.web.servlet.AutoConfigureMockMvc;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;

/** The sync log and issues over HTTP, on a real ledger. */
@SpringBootTest(
        classes = ApiTestServer.class,
        properties = {
            "waybill.access.admin-token=admin-token",
            "waybill.access.tokens=olga:operator:operator-token,vera:viewer:viewer-token",
            "waybill.data=target/api-test",
            "spring.autoconfigure.exclude=org.springframework.boot.autoconfigure.security.servlet.UserDetailsServiceAutoConfiguration"
        })
@AutoConfigureMockMvc
class SyncLogApiTest {
    @Autowired
    private MockMvc http;

    @Autowired
    private ObjectMapper json;

    private final LedgerScene scene = new LedgerScene(ApiTestServer.DATABASE);

    @Test
    void listsTheSyncLogPageByPage() throws Exception {
        scene.receive(order("log-1", "paid", 1), publish("log"));
        scene.receive(order("log-2", "paid", 1), publish("log"));
        scene.deliver("log");
        JsonNode first = get("/api/sync-log?channel=log&status=done&task=create-order&limit=1");
        JsonNode second = get("/api/sync-log?channel=log&status=done&task=create-order&limit=1&cursor="
                + first.at("/next").asText());
        assertThat(first.at("/items/0/number").asText()
                        + second.at("/items/0/number").asText())
                .contains("#log-1")
                .contains("#log-2");
        assertThat(second.at("/next").isNull()).isTrue();
        assertThat(get("/api/sync-log?number=log-1&from=2026-01-01")
                        .at("/items")
                        .size())
                .isEqualTo(1);
        assertThat(get("/api/sync-log?number=log-1&to=2026-01-01").at("/items").size())
                .isZero();
    }

    @Test
    void showsOneEntryWithAllThatWasSaid() throws Exception {
        scene.receive(order("log-3", "paid", 1), publish("log"));
        scene.deliver("log");
        String id = get("/api/sync-log?number=log-3").at("/items/0/id").asText();
        JsonNode entry = get("/api/sync-log/" + id);
        assertThat(entry.at("/status").asText()).isEqualTo("done");
        assertThat(entry.at("/received/body").asText()).contains("Ada Example");
        assertThat(entry.at("/mapped/order/id").asText()).isEqualTo("log-3");
        assertThat(entry.at("/request/body/operation").asText()).isEqualTo("create-order");
        assertThat(entry.at("/response/status").asInt()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/sync-log?status=ok | 400 | must be one of running, done",
                "/api/sync-log?task=dance | 400 | import-orders",
                "/api/sync-log?chanel=x | 400 | not known here",
                "/api/sync-log?cursor=abc | 400 | not one of ours",
                "/api/sync-log/run-1 | 404 | no entry",
                "/api/sync-log/x | 404 | no entry",
                "/api/issues?state=closed | 400 | must be one of open, acknowledged",
                "/api/issues/x | 404 | no issue"
            })
    void refusesWhatCannotBeMeant(String path, int status, String says) throws Exception {
        MockHttpServletResponse answer = send("GET", path, "viewer-token");
        assertThat(answer.getStatus()).isEqualTo(status);
        assertThat(answer.getContentType()).isEqualTo("application/problem+json");
        assertThat(answer.getContentAsString()).contains(says);
    }

    @Test
    void operatorsAcknowledgeIgnoreAndReopenIssues() throws Exception {
        String id = failing("talk");
        assertThat(send("POST", "/api/issues/" + id + "/acknowledge", "viewer-token")
                        .getStatus())
                .isEqualTo(403);
        JsonNode acknowledged = json(send("POST", "/api/issues/" + id + "/acknowledge", "operator-token"));
        assertThat(acknowledged.at("/state").asText()).isEqualTo("acknowledged");
        assertThat(acknowledged.at("/by").asText()).isEqualTo("olga");
        json(send("POST", "/api/issues/" + id + "/ignore", "operator-token"));
        assertThat(get("/api/issues?channel=talk").at("/items").size()).isZero();
        assertThat(get("/api/issues?channel=talk&state=ignored")
                        .at("/items/0/id")
                        .asText())
                .isEqualTo(id);
        json(send("POST", "/api/issues/" + id + "/reopen", "operator-token"));
        assertThat(get("/api/issues/" + id).at("/state").asText()).isEqualTo("open");
    }

    @Test
    void retriesWhatAnIssueHoldsUpAndItResolvesItself() throws Exception {
        String id = failing("mended");
        JsonNode bulk = json(send("POST", "/api/deliveries/retry?issue=" + id, "operator-token"));
        assertThat(bulk.toString()).isEqualTo("{\"matched\":2,\"requeued\":2,\"skipped\":0}");
        scene.deliver("mended");
        assertThat(get("/api/issues?channel=mended").at("/items").size()).isZero();
    }

    @Test
    void operatorsSendAnOrderAgain() throws Exception {
        long id = scene.receive(order("again", "paid", 1), publish("again"));
        String path = "/api/orders/" + id + "/republish";
        assertThat(send("POST", path, "viewer-token").getStatus()).isEqualTo(403);
        assertThat(json(send("POST", path, "operator-token")).at("/facts").size())
                .isZero();
        JsonNode forced = json(send("POST", path, "operator-token", "{\"force\":true}"));
        assertThat(forced.at("/mapped").asBoolean()).isTrue();
        assertThat(forced.at("/destinations/0/channel").asText()).isEqualTo("store");
        assertThat(forced.at("/facts/0/id").asText()).isEqualTo("olga");
        assertThat(send("POST", "/api/orders/1/republish", "operator-token").getStatus())
                .isEqualTo(404);
    }

    private String failing(String channel) throws Exception {
        scene.receive(order(channel + "-1", "paid", 1), publish(channel));
        scene.receive(order(channel + "-2", "paid", 1), publish(channel));
        scene.fail(channel, "refused", "no such SKU");
        JsonNode issues = get("/api/issues?channel=" + channel);
        assertThat(issues.at("/items/0/count").asInt()).isEqualTo(2);
        return issues.at("/items/0/id").asText();
    }

    private JsonNode get(String path) throws Exception {
        return json(send("GET", path, "viewer-token"));
    }

    private JsonNode json(MockHttpServletResponse answer) throws Exception {
        assertThat(answer.getStatus()).as(answer.getContentAsString()).isEqualTo(200);
        return json.readTree(answer.getContentAsByteArray());
    }

    private MockHttpServletResponse send(String method, String path, String token) throws Exception {
        return send(method, path, token, "");
    }

    private MockHttpServletResponse send(String method, String path, String token, String body) throws Exception {
        return http.perform(MockMvcRequestBuilders.request(HttpMethod.valueOf(method), java.net.URI.create(path))
                        .header("Authorization", "Bearer " + token)
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(body))
                .andReturn()
                .getResponse();
    }
}
