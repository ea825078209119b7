package io.waybill.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.server.FakeStore.Request;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/** A label in the server: kept once, converted once, given to each destination as it wants it, and parked alone when it fails. */
class LabelsIT {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    static Path folder;

    private static FakeStore raw;
    private static FakeStore pdf;
    private static FakeStore file;
    private static TestServer server;
    private static JdbcTemplate sql;

    @BeforeAll
    static void start() throws Exception {
        raw = new FakeStore(true);
        pdf = new FakeStore(true);
        file = new FakeStore(true);
        server = TestServer.start(
                folder,
                Map.of(
                        "channels/shop.yaml",
                        "connector: http\ntitle: Shop\nrole: marketplace\ndestinations: [raw, pdf, file]\n",
                        "channels/raw.yaml",
                        destination(raw, "as-is"),
                        "channels/pdf.yaml",
                        destination(pdf, "pdf"),
                        "channels/file.yaml",
                        destination(file, "pdf-attachment")));
        sql = new JdbcTemplate(server.bean(DataSource.class));
    }

    @AfterAll
    static void stop() {
        server.close();
        Stream.of(raw, pdf, file).forEach(FakeStore::close);
    }

    private static String destination(FakeStore store, String as) {
        return "connector: http\ntitle: Store\nrole: erp\nsettings:\n  url: \"" + store.url() + "\"\nlabels: { as: "
                + as + " }\n";
    }

    @Test
    void goesToEachDestinationInTheFormThatItWants() {
        order("a1");
        String data = base64("<p>Parcel of a1</p>");
        label("a1", "l1", data);

        Request asItCame = attached(raw, "a1");
        Request asText = attached(pdf, "a1");
        Request asFile = attached(file, "a1");

        assertThat(asItCame.body().at("/label/data").asText()).isEqualTo(data);
        byte[] made = Base64.getDecoder().decode(asText.body().at("/label/data").asText());
        assertThat(asText.body().at("/label/format").asText()).isEqualTo("pdf");
        assertThat(new String(made, ISO_8859_1)).startsWith("%PDF-");
        assertThat(asFile.headers().get("content-type")).startsWith("multipart/form-data");
        assertThat(new String(asFile.raw(), ISO_8859_1)).contains(new String(made, ISO_8859_1));
        assertThat(documents("a1").get(0).path("name").asText()).isEqualTo("label-l1.pdf");
    }

    @Test
    void sameBytesAreKeptOnce() {
        order("b1");
        order("b2");
        String data = base64("<p>Twice</p>");
        label("b1", "l1", data);
        label("b2", "l1", data);
        attached(pdf, "b1");
        attached(pdf, "b2");

        assertThat(sql.queryForObject(
                        "select count(distinct source) from document d join orders o on o.id = d.order_id"
                                + " where o.external_id in ('b1', 'b2')",
                        Integer.class))
                .isOne();
        assertThat(sql.queryForObject("select count(distinct pdf) from document", Integer.class))
                .isEqualTo(sql.queryForObject(
                        "select count(*) from blob where media_type = 'application/pdf'", Integer.class));
    }

    @Test
    void isNotConvertedAgainForTheNextDestination() {
        order("c1");
        assertThat(server.call("POST", "/api/channels/file/pause", null).statusCode())
                .isEqualTo(200);
        label("c1", "l1", base64("<p>Parcel of c1</p>"));
        attached(pdf, "c1");
        String written = rowVersion("c1");

        assertThat(server.call("POST", "/api/channels/file/resume", null).statusCode())
                .isEqualTo(200);
        attached(file, "c1");

        assertThat(rowVersion("c1")).isEqualTo(written);
    }

    /** Changes whenever the row is written. */
    private static String rowVersion(String order) {
        return sql.queryForObject(
                "select d.xmin::text from document d join orders o on o.id = d.order_id where o.external_id = ?",
                String.class,
                order);
    }

    @Test
    void oneThatFailsParksAloneWithItsReasonAndGoesOutAfterAFix() {
        order("d1");
        label("d1", "bad", base64("<p>ที่อยู่</p>"));
        label("d1", "good", base64("<p>Parcel of d1</p>"));

        assertThat(labels(raw, "d1", 2)).containsExactlyInAnyOrder("bad", "good");
        assertThat(labels(pdf, "d1", 1)).containsExactly("good");
        JsonNode failed = failed("pdf", "d1");
        assertThat(failed.path("errorCode").asText()).isEqualTo("missing-glyph");
        assertThat(failed.path("error").asText()).contains("U+0E17");
        assertThat(documents("d1").toString()).contains("missing-glyph");

        server.edit("channels/pdf.yaml", destination(pdf, "as-is"));
        assertThat(server.call("POST", "/api/deployments/reload", null).statusCode())
                .isEqualTo(200);
        assertThat(server.call("POST", "/api/deliveries/" + failed.path("id").asText() + "/retry", null)
                        .statusCode())
                .isEqualTo(200);

        assertThat(labels(pdf, "d1", 2)).containsExactlyInAnyOrder("bad", "good");
        server.edit("channels/pdf.yaml", destination(pdf, "pdf"));
        server.call("POST", "/api/deployments/reload", null);
    }

    private static void order(String id) {
        assertThat(server.webhook(
                                "shop",
                                """
                                {"type":"order","order":{"id":"%s","number":"#%s","status":"paid","version":1,"currency":"USD",
                                "customer":{"name":"Ada"},"lines":[{"id":"1","sku":"MUG","quantity":1,"price":"12.50"}],
                                "totals":{"total":"12.50"}}}"""
                                        .formatted(id, id))
                        .statusCode())
                .isEqualTo(202);
        for (FakeStore store : List.of(raw, pdf, file)) {
            await().atMost(SOON).until(() -> store.orders().stream()
                    .anyMatch(o -> o.sourceId().equals(id)));
        }
        await().atMost(SOON).until(() -> server.get("/api/orders?number=%23" + id)
                .at("/items/0/push")
                .asText()
                .equals("pushed"));
    }

    private static void label(String order, String id, String data) {
        assertThat(server.webhook(
                                "shop",
                                "{\"type\":\"label\",\"orderId\":\"%s\",\"id\":\"%s\",\"size\":\"4x6in\",\"data\":\"%s\"}"
                                        .formatted(order, id, data))
                        .statusCode())
                .isEqualTo(202);
    }

    private static String base64(String body) {
        return Base64.getEncoder().encodeToString(("<html><body>" + body + "</body></html>").getBytes(UTF_8));
    }

    private static Request attached(FakeStore store, String order) {
        await().atMost(SOON).until(() -> !attachments(store, order).isEmpty());
        return attachments(store, order).get(0);
    }

    private static List<String> labels(FakeStore store, String order, int count) {
        await().atMost(SOON).until(() -> attachments(store, order).size() == count);
        return attachments(store, order).stream()
                .map(r -> r.body().at("/event/id").asText())
                .toList();
    }

    private static List<Request> attachments(FakeStore store, String order) {
        List<String> ids = store.orders().stream()
                .filter(o -> o.sourceId().equals(order))
                .map(FakeStore.Stored::id)
                .toList();
        return store.requests("attach-label").stream()
                .filter(r -> ids.contains(r.body().path("externalId").asText()))
                .toList();
    }

    private static JsonNode failed(String channel, String order) {
        return await().atMost(SOON)
                .until(
                        () -> server.get("/api/deliveries?state=failed&channel=" + channel + "&order=" + orderId(order))
                                .at("/items/0"),
                        delivery -> !delivery.isMissingNode());
    }

    private static JsonNode documents(String order) {
        JsonNode documents = server.get("/api/orders/" + orderId(order) + "/documents");
        return documents.isArray() ? documents : documents.path("items");
    }

    private static String orderId(String order) {
        return server.get("/api/orders?number=%23" + order).at("/items/0/id").asText();
    }
}
