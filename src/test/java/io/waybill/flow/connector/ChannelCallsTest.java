package io.waybill.flow.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.TestDatabase;
import io.waybill.flow.DeliveryFault;
import io.waybill.flow.Wire;
import io.waybill.ledger.ChannelTokens;
import io.waybill.order.EventJson;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

/** From the request that a mapping made to that of HTTP. */
class ChannelCallsTest {
    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final String CALLS =
            """
            calls:
              base: "{url}/v1"
              basic: { user: user, password: password }
              headers: { X-Shop: "{account}:{missing}", X-Account: "{account}" }
            """;
    private static final Map<String, String> SETTINGS = Map.of(
            "url", "https://shop.example.com", "account", "acme", "user", "me", "password", "geheim", "hook", "hush");

    @Test
    void theAddressAndCredentialsAreTheChannels() {
        Exchange exchange = prepared(
                "{\"path\": \"/orders\", \"query\": {\"a b\": \"ü\", \"n\": 100000000000000000000.5, \"list\": [1, 2], \"none\": null}}");
        assertThat(exchange.getMessage().getHeader(Exchange.HTTP_URI)).isEqualTo("https://shop.example.com/v1/orders");
        assertThat(exchange.getMessage().getHeader(Exchange.HTTP_QUERY))
                .isEqualTo("a%20b=%C3%BC&n=100000000000000000000.5&list=1&list=2");
        assertThat(exchange.getMessage().getHeader("Authorization")).isEqualTo("Basic bWU6Z2VoZWlt");
        assertThat(exchange.getMessage().getHeader("X-Account")).isEqualTo("acme");
    }

    @Test
    void aHeaderWithoutItsSettingIsLeftOut() {
        assertThat(prepared("{\"path\": \"/orders\"}").getMessage().getHeaders())
                .doesNotContainKey("X-Shop");
    }

    @Test
    void credentialsGoToNoOtherHost() {
        for (String address : new String[] {
            "https://shop.example.com.evil.example/v1/orders",
            "http://shop.example.com/v1/orders",
            "https://shop.example.com:444/"
        }) {
            assertThatThrownBy(() -> prepared("{\"url\": \"" + address + "\"}"))
                    .isInstanceOf(DeliveryFault.class)
                    .hasMessageContaining("credentials are not sent there");
        }
    }

    @Test
    void anAddressFromAnAnswerIsFollowedOnItsOwnHost() {
        Exchange exchange = prepared("{\"url\": \"https://shop.example.com/v1/orders?page=2\", \"query\": {\"n\": 1}}");
        assertThat(exchange.getMessage().getHeader(Exchange.HTTP_URI)).isEqualTo("https://shop.example.com/v1/orders");
        assertThat(exchange.getMessage().getHeader(Exchange.HTTP_QUERY)).isEqualTo("page=2&n=1");
        assertThat(exchange.getMessage().getHeader("Authorization")).isNotNull();
    }

    @Test
    void elsewhereARequestGoesWithoutCredentials() {
        Exchange exchange = prepared("{\"url\": \"https://files.example.net/label.pdf\", \"anonymous\": true}");
        assertThat(exchange.getMessage().getHeaders()).doesNotContainKeys("Authorization", "X-Account");
    }

    @Test
    void aSecretComesInAtTheCall() {
        Exchange exchange = prepared(
                "{\"method\": \"POST\", \"path\": \"/hooks\", \"body\": {\"url\": \"u\"}, \"secrets\": {\"secret\": \"hook\"}}");
        JsonNode sent = EventJson.tree(exchange.getMessage().getBody(byte[].class));
        assertThat(sent.path("secret").asText()).isEqualTo("hush");
    }

    @Test
    void aSecretGoesDeeperIntoTheBodyByAPointer() {
        Exchange exchange = prepared(
                "{\"method\": \"POST\", \"path\": \"/hooks\", \"body\": {\"headers\": {\"A\": \"b\"}}, \"secrets\": {\"/headers/X-Token\": \"hook\"}}");
        JsonNode sent = EventJson.tree(exchange.getMessage().getBody(byte[].class));
        assertThat(sent.at("/headers/X-Token").asText()).isEqualTo("hush");
        assertThat(sent.at("/headers/A").asText()).isEqualTo("b");
    }

    @Test
    void onlyAQuestionSaysThatItChangesNothing() {
        assertThat(prepared("{\"path\": \"/orders\"}").getVariable(Wire.READS)).isEqualTo(true);
        assertThat(prepared("{\"method\": \"POST\", \"path\": \"/orders\", \"body\": {}}")
                        .getVariable(Wire.READS))
                .isEqualTo(false);
        assertThat(prepared("{\"method\": \"POST\", \"path\": \"/graphql\", \"body\": {}, \"reads\": true}")
                        .getVariable(Wire.READS))
                .isEqualTo(true);
    }

    @Test
    void aMisspeltMemberIsNamed() {
        assertThatThrownBy(() -> prepared("{\"path\": \"/orders\", \"querry\": {}}"))
                .hasMessageContaining("querry");
    }

    @Test
    void whatIsSignedIsWhatIsSent() {
        OneChannel shop = OneChannel.of(
                """
                calls:
                  base: "https://shop.example.com"
                  headers: { X-Sign: "{signature}", X-At: "{timestampMillis}" }
                  signing: { algorithm: hmac-sha256-hex, key: key, text: "key={account}&at={timestampMillis}&{method} {path}?{query} {body}" }
                """,
                Map.of("account", "k1", "key", "signkey"));
        Exchange exchange = prepared(
                shop,
                "{\"method\": \"POST\", \"path\": \"/v1/orders\", \"query\": {\"a\": 1}, \"body\": {\"n\": 1}, \"secrets\": {\"k\": \"key\"}}");
        assertThat(exchange.getMessage().getHeader("X-At")).isEqualTo("1763640000000");
        assertThat(exchange.getMessage().getHeader("X-Sign"))
                .isEqualTo(new RequestSignatures(OneChannel.SETTINGS)
                        .sign(
                                shop.channel(),
                                shop.channel().connector().calls().signing(),
                                "key=k1&at=1763640000000&POST /v1/orders?a=1 "
                                        + new String(
                                                exchange.getMessage().getBody(byte[].class), StandardCharsets.UTF_8)));
    }

    @Test
    void aRefusedTokenIsAskedForAnewWhereTokensAreUsed() {
        OneChannel shop = OneChannel.of(
                """
                calls:
                  base: "https://shop.example.com"
                  headers: { Authorization: "Bearer {accessToken}" }
                  oauth2: { url: "https://id.example.com/token", grant: client-credentials, clientId: client, clientSecret: secret }
                """,
                Map.of("client", "me", "secret", "geheim"));
        ChannelCalls calls = calls(new AccessTokens(
                new TokenService(shop),
                OneChannel.SETTINGS,
                new ChannelTokens(DATABASE.dataSource()),
                Clock.systemUTC()));
        Exchange exchange = wanted(shop, "{\"path\": \"/orders\"}");
        calls.prepare(exchange);
        assertThat(exchange.getMessage().getHeader("Authorization")).isEqualTo("Bearer access-1");

        exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, 401);
        assertThat(calls.isTokenRefused(exchange)).isTrue();
        calls.renew(exchange);
        assertThat(exchange.getMessage().getHeader("Authorization")).isEqualTo("Bearer access-2");

        exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, 403);
        assertThat(calls.isTokenRefused(exchange)).isFalse();
    }

    @Test
    void elsewhereA401IsAnAnswer() {
        Exchange exchange = prepared("{\"path\": \"/orders\"}");
        exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, 401);
        assertThat(calls(null).isTokenRefused(exchange)).isFalse();
    }

    private static Exchange prepared(String request) {
        return prepared(OneChannel.of(CALLS, SETTINGS, "missing"), request);
    }

    private static Exchange prepared(OneChannel shop, String request) {
        Exchange exchange = wanted(shop, request);
        calls(null).prepare(exchange);
        return exchange;
    }

    private static Exchange wanted(OneChannel shop, String request) {
        Exchange exchange = shop.exchange();
        exchange.setVariable(
                Requests.CALL, Call.of(EventJson.tree(request.getBytes(StandardCharsets.UTF_8)), "some.jslt"));
        return exchange;
    }

    private static ChannelCalls calls(AccessTokens tokens) {
        return new ChannelCalls(
                OneChannel.SETTINGS,
                tokens,
                new RequestSignatures(OneChannel.SETTINGS),
                Clock.fixed(Instant.ofEpochMilli(1763640000000L), ZoneOffset.UTC));
    }
}
