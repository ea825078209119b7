package io.waybill.camel;

import static io.waybill.camel.RoutesFixture.files;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.waybill.channel.Operation;
import io.waybill.channel.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The pattern of operations: one template per operation, URL and secrets of the channel read when a message comes by. */
class OutboundHttpTest {
    private static final String OPERATION =
            """
            - routeTemplate:
                id: "shop-create-order"
                parameters:
                  - name: "channel"
                route:
                  from:
                    uri: "direct:{{channel}}-create-order"
                    steps:
                      - removeHeaders:
                          pattern: "*"
                      - setHeader:
                          name: "CamelHttpUri"
                          expression:
                            language:
                              language: "setting"
                              expression: "url"
                      - setHeader:
                          name: "CamelHttpMethod"
                          expression:
                            constant:
                              expression: "POST"
                      - setHeader:
                          name: "Authorization"
                          expression:
                            language:
                              language: "setting"
                              expression: "token"
                      - to:
                          id: "call"
                          uri: "http://{{channel}}"
            """;

    private final List<String> received = new CopyOnWriteArrayList<>();
    private final List<Map<String, List<String>>> headers = new CopyOnWriteArrayList<>();
    private final RoutesFixture routes = new RoutesFixture(Map.of(
            "setting-language",
            new SettingLanguage(new Settings(name -> name.equals("SHOP_TOKEN") ? "Bearer s3cret" : null))));
    private HttpServer shop;
    private String url;

    @BeforeEach
    void openTheShop() throws IOException {
        shop = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        shop.createContext("/", this::answer);
        shop.start();
        url = "http://127.0.0.1:" + shop.getAddress().getPort();
    }

    private void answer(HttpExchange call) throws IOException {
        received.add(call.getRequestMethod() + " " + call.getRequestURI() + " "
                + new String(call.getRequestBody().readAllBytes(), UTF_8));
        headers.add(Map.copyOf(call.getRequestHeaders()));
        String path = call.getRequestURI().getPath();
        int status = path.equals("/away") ? 503 : path.equals("/moved") ? 302 : 201;
        call.getResponseHeaders().add("Location", url + "/elsewhere");
        call.getResponseHeaders().add("Set-Cookie", "session=1");
        byte[] body = "{\"id\":\"77\"}".getBytes(UTF_8);
        call.sendResponseHeaders(status, body.length);
        call.getResponseBody().write(body);
        call.close();
    }

    @AfterEach
    void close() {
        routes.close();
        shop.stop(0);
    }

    private Exchange create(String path) {
        routes.serve(files().with("connectors/shop/create-order.camel.yaml", OPERATION)
                .channel(
                        "north",
                        "shop",
                        Map.of("url", url + path, "token", "{{env:SHOP_TOKEN}}"),
                        Operation.CREATE_ORDER)
                .bundle("hash" + path));
        return send();
    }

    private Exchange send() {
        return routes.generations.request("direct:north-create-order", exchange -> {
            exchange.setVariable("channel", "north");
            exchange.setVariable("idempotencyKey", "k1");
            exchange.getMessage().setHeader("CamelHttpPath", "/evil");
            exchange.getMessage().setHeader("X-Internal", "ours");
            exchange.getMessage().setBody("{\"order\":1}");
        });
    }

    @Test
    void callsTheUrlOfTheChannelWithItsQuery() {
        Exchange exchange = create("/orders?shop=n%20orth&v=2");

        assertThat(exchange.getException()).isNull();
        assertThat(received).containsExactly("POST /orders?shop=n%20orth&v=2 {\"order\":1}");
        assertThat(exchange.getMessage().getBody(String.class)).isEqualTo("{\"id\":\"77\"}");
    }

    @Test
    void sendsNoHeaderButThoseTheOperationSets() {
        create("/orders");

        assertThat(headers.get(0)).containsEntry("Authorization", List.of("Bearer s3cret"));
        assertThat(headers.get(0).keySet())
                .noneMatch(name -> name.toLowerCase(java.util.Locale.ROOT).startsWith("camel"))
                .doesNotContain("X-internal", "Channel", "Idempotencykey");
    }

    @Test
    void doesNotCarryCredentialsOnAfterTheCall() {
        assertThat(create("/orders").getMessage().getHeaders()).doesNotContainKey("Authorization");
    }

    @Test
    void keepsSecretsOutOfEndpointsAndDumps() throws Exception {
        Exchange exchange = create("/orders");

        assertThat(exchange.getContext().getEndpoints().toString()).doesNotContain("s3cret", url);
        String dump = org.apache.camel.support.PluginHelper.getModelToXMLDumper(exchange.getContext())
                .dumpModelAsXml(
                        exchange.getContext(),
                        exchange.getContext()
                                .getCamelContextExtension()
                                .getContextPlugin(org.apache.camel.model.Model.class)
                                .getRouteDefinition("north-create-order"));
        assertThat(dump).contains("setting").doesNotContain("s3cret", url);
    }

    @Test
    void fillsInNoPlaceholderThatCameWithAMessage() {
        Exchange exchange = create("/orders/{{sys:user.home}}");

        assertThat(exchange.getException()).isNotNull();
        assertThat(received).isEmpty();
    }

    @Test
    void triesOnceOnly() {
        Exchange exchange = create("/away");

        assertThat(received).hasSize(1);
        assertThat(exchange.getException())
                .isInstanceOfSatisfying(HttpOperationFailedException.class, e -> assertThat(e.getStatusCode())
                        .isEqualTo(503));
    }

    @Test
    void followsNoRedirect() {
        Exchange exchange = create("/moved");

        assertThat(received).hasSize(1);
        assertThat(exchange.getException()).isInstanceOf(HttpOperationFailedException.class);
    }

    @Test
    void keepsNoCookies() {
        create("/orders");
        send();

        assertThat(headers.get(1)).doesNotContainKey("Cookie");
    }

    @Test
    void goesOnCallingAfterAnEarlierGenerationHasClosed() {
        create("/orders?1");
        create("/orders?2");
        create("/orders?3");
        Eventually.holds(() -> routes.generations.retiredCount() == 0);

        assertThat(send().getException()).isNull();
    }

    @Test
    void namesChannelAndSettingWhenASecretIsMissing() {
        routes.serve(files().with("connectors/shop/create-order.camel.yaml", OPERATION)
                .channel("north", "shop", Map.of("url", url, "token", "{{env:NOT_THERE}}"), Operation.CREATE_ORDER)
                .bundle());

        assertThat(send().getException()).hasMessageContainingAll("token", "north", "NOT_THERE");
    }
}
