package io.waybill.flow.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.TestDatabase;
import io.waybill.flow.DeliveryFault;
import io.waybill.flow.DeliveryFault.Kind;
import io.waybill.ledger.ChannelTokens;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.JdbcTemplate;

class AccessTokensTest {
    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final String REFRESHING =
            """
            calls:
              base: "https://shop.example.com"
              headers: { Authorization: "Bearer {accessToken}" }
              oauth2:
                url: "https://id.example.com/{account}/token"
                grant: refresh-token
                clientId: client
                clientSecret: secret
                refreshToken: refresh
                form: { scope: "orders {account}" }
                early: 2m
            """;

    private final OneChannel shop = shop(REFRESHING, "r-first");
    private final TokenService service = new TokenService(shop);

    @BeforeEach
    void forget() {
        new JdbcTemplate(DATABASE.dataSource()).update("delete from token");
    }

    @Test
    void isFetchedOnceHoweverManyWorkersOfTwoNodesAsk() throws Exception {
        AccessTokens one = node(NOON);
        AccessTokens other = node(NOON);
        assertThat(together(
                        () -> one.of(shop.channel()),
                        () -> other.of(shop.channel()),
                        () -> one.of(shop.channel()),
                        () -> other.of(shop.channel())))
                .containsOnly("access-1");
        assertThat(service.forms).singleElement().satisfies(form -> assertThat(form)
                .containsEntry("grant_type", "refresh_token")
                .containsEntry("refresh_token", "r-first")
                .containsEntry("client_id", "me")
                .containsEntry("client_secret", "geheim")
                .containsEntry("scope", "orders acme"));
        assertThat(service.asked.get(0).getMessage().getHeader("CamelHttpUri"))
                .isEqualTo("https://id.example.com/acme/token");
    }

    @Test
    void aRefusedOneIsFetchedAnewOnceHoweverManyWereRefused() throws Exception {
        AccessTokens one = node(NOON);
        AccessTokens other = node(NOON);
        String refused = one.of(shop.channel());
        other.of(shop.channel());
        together(() -> refused(one, refused), () -> refused(other, refused), () -> refused(one, refused));
        assertThat(List.of(one.of(shop.channel()), other.of(shop.channel()))).containsOnly("access-2");
        assertThat(service.forms).hasSize(2);
    }

    @Test
    void isRenewedAWhileBeforeItsEnd() {
        service.answers(before -> TokenService.token("access-" + (before + 1), 600));
        assertThat(node(NOON).of(shop.channel())).isEqualTo("access-1");
        assertThat(node(NOON.plusSeconds(479)).of(shop.channel())).isEqualTo("access-1");
        assertThat(node(NOON.plusSeconds(481)).of(shop.channel())).isEqualTo("access-2");
    }

    @Test
    void theNewestRefreshTokenIsUsedOnEveryNodeAndAfterARestart() {
        service.answers(before -> TokenService.rotated("access-" + (before + 1), "r-" + (before + 1), 600));
        node(NOON).of(shop.channel());
        node(NOON.plusSeconds(600)).of(shop.channel());
        node(NOON.plusSeconds(1200)).of(shop.channel());
        assertThat(service.forms)
                .extracting(form -> form.get("refresh_token"))
                .containsExactly("r-first", "r-1", "r-2");
    }

    @Test
    void aRefreshTokenThatIsNotRotatedStays() {
        service.answers(before -> before == 0
                ? TokenService.rotated("access-1", "r-1", 600)
                : TokenService.token("access-" + (before + 1), 600));
        node(NOON).of(shop.channel());
        node(NOON.plusSeconds(600)).of(shop.channel());
        node(NOON.plusSeconds(1200)).of(shop.channel());
        assertThat(service.forms)
                .extracting(form -> form.get("refresh_token"))
                .containsExactly("r-first", "r-1", "r-1");
    }

    @Test
    void accessGivenAnewBeginsWithItsOwnRefreshToken() {
        service.answers(before -> TokenService.rotated("access-" + (before + 1), "r-" + (before + 1), 3600));
        node(NOON).of(shop.channel());
        OneChannel again = shop(REFRESHING, "r-anew");
        assertThat(node(NOON).of(again.channel())).isEqualTo("access-2");
        assertThat(service.forms.get(1)).containsEntry("refresh_token", "r-anew");
    }

    /** There is no other one to try: a service that took it after all refuses it then, and access is given anew by a person. */
    @Test
    void withoutAnAnswerTheSameRefreshTokenGoesOutAgain() {
        service.answers(before -> before == 1 ? null : TokenService.rotated("access-" + before, "r-" + before, 600));
        node(NOON).of(shop.channel());
        AccessTokens later = node(NOON.plusSeconds(600));
        assertDown(later, "did not answer");
        assertThat(later.of(shop.channel())).isEqualTo("access-2");
        assertThat(service.forms)
                .extracting(form -> form.get("refresh_token"))
                .containsExactly("r-first", "r-0", "r-0");
    }

    static Stream<TokenService.Given> refusals() {
        return Stream.of(
                new TokenService.Given(400, "{\"error\": \"invalid_grant\"}"),
                new TokenService.Given(401, "{\"error\": \"invalid_client\"}"),
                new TokenService.Given(429, "{}"),
                new TokenService.Given(503, "<html>"),
                new TokenService.Given(200, "<html>"),
                new TokenService.Given(200, "{\"error\": \"temporarily\"}"),
                new TokenService.Given(200, "{\"access_token\": \"\"}"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void withoutATokenTheChannelIsDownAndAskedAgain(TokenService.Given refusal) {
        service.answers(before -> before == 0 ? refusal : TokenService.token("access-2", 3600));
        AccessTokens node = node(NOON);
        assertDown(node, "answered " + refusal.status());
        assertThat(node.of(shop.channel())).isEqualTo("access-2");
    }

    @Test
    void theClientMayStandInTheHeader() {
        OneChannel other = shop(
                """
                calls:
                  base: "https://shop.example.com"
                  oauth2: { url: "https://id.example.com/token", grant: client-credentials, clientId: client, clientSecret: secret, client: header }
                """,
                "unused");
        TokenService there = new TokenService(other);
        new AccessTokens(there, OneChannel.SETTINGS, new ChannelTokens(DATABASE.dataSource()), Clock.systemUTC())
                .of(other.channel());
        assertThat(there.forms.get(0)).isEqualTo(Map.of("grant_type", "client_credentials"));
        assertThat(there.asked.get(0).getMessage().getHeader("Authorization")).isEqualTo("Basic bWU6Z2VoZWlt");
    }

    private void assertDown(AccessTokens node, String said) {
        assertThatThrownBy(() -> node.of(shop.channel()))
                .isInstanceOfSatisfying(DeliveryFault.class, fault -> assertThat(fault.faultKind())
                        .isEqualTo(Kind.CHANNEL_DOWN))
                .hasMessageContaining(said)
                .hasMessageNotContainingAny("geheim", "r-first", "r-0");
    }

    private String refused(AccessTokens node, String token) {
        node.refused(shop.channel(), token);
        return node.of(shop.channel());
    }

    private AccessTokens node(Instant now) {
        return new AccessTokens(
                service,
                OneChannel.SETTINGS,
                new ChannelTokens(DATABASE.dataSource()),
                Clock.fixed(now, ZoneOffset.UTC));
    }

    private static OneChannel shop(String calls, String refresh) {
        Map<String, String> settings =
                new HashMap<>(Map.of("account", "acme", "client", "me", "secret", "geheim", "refresh", refresh));
        return OneChannel.of(calls, settings);
    }

    @SafeVarargs
    private static List<String> together(java.util.concurrent.Callable<String>... calls) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(calls.length);
        try {
            CountDownLatch ready = new CountDownLatch(calls.length);
            List<Future<String>> answers = new ArrayList<>();
            for (java.util.concurrent.Callable<String> call : calls) {
                answers.add(threads.submit(() -> {
                    ready.countDown();
                    ready.await();
                    return call.call();
                }));
            }
            List<String> all = new ArrayList<>();
            for (Future<String> answer : answers) {
                all.add(answer.get());
            }
            return all;
        } finally {
            threads.shutdownNow();
        }
    }
}
