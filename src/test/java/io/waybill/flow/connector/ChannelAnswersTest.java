package io.waybill.flow.connector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.flow.Answers;
import io.waybill.flow.DeliveryFault;
import io.waybill.flow.DeliveryFault.Kind;
import io.waybill.flow.Wire;
import io.waybill.order.EventJson;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChannelAnswersTest {
    private static final String ANSWERS =
            """
            calls: { base: "https://shop.example.com", says: [/message, /errors/*/message] }
            answers:
              - { status: "200", at: /errors/*/extensions/code, matches: THROTTLED, means: busy }
              - { status: "200", at: /errors/*/message, means: failed }
              - { status: "404", contentType: text/html, means: channel-down }
              - { status: "409", means: already-there }
              - { status: "422", at: /message, matches: "no such article", means: unknown-sku }
              - { status: "503", means: busy, retryAfter: X-Wait }
              - { status: "423", means: busy, retryAfter: X-Reset-Ms }
            """;
    private static final ChannelAnswers READER = new ChannelAnswers(
            new Answers(Clock.fixed(Instant.parse("2026-11-20T12:00:00Z"), ZoneOffset.UTC)),
            new Wire(OneChannel.SETTINGS));

    /** How each reads when it answers the only write, a second write, and a question. */
    @ParameterizedTest
    @CsvSource({
        "401, CHANNEL_DOWN, NO_ANSWER, CHANNEL_DOWN",
        "403, CHANNEL_DOWN, NO_ANSWER, CHANNEL_DOWN",
        "404, REFUSED, REFUSED, REFUSED",
        "408, NO_ANSWER, NO_ANSWER, BUSY",
        "429, BUSY, NO_ANSWER, BUSY",
        "400, REFUSED, REFUSED, REFUSED",
        "500, NO_ANSWER, NO_ANSWER, BUSY",
        "302, REFUSED, REFUSED, REFUSED"
    })
    void commonAnswers(int status, Kind only, Kind second, Kind question) {
        assertThat(fault(answered(1, false, status, "{}")).faultKind()).isEqualTo(only);
        assertThat(fault(answered(2, false, status, "{}")).faultKind()).isEqualTo(second);
        assertThat(fault(answered(0, true, status, "{}")).faultKind()).isEqualTo(question);
    }

    @Test
    void aQuestionAfterAWriteLeavesOpenWhatHappened() {
        assertThat(fault(answered(1, true, 500, "{}")).faultKind()).isEqualTo(Kind.NO_ANSWER);
    }

    @Test
    void exceptionsStandAboveTheRule() {
        Exchange page = answered(0, true, 404, "<html>");
        page.getMessage().setHeader(Exchange.CONTENT_TYPE, "text/html; charset=utf-8");
        assertThat(fault(page).faultKind()).isEqualTo(Kind.CHANNEL_DOWN);
        assertThat(fault(answered(1, false, 422, "{\"message\": \"no such article: X\"}"))
                        .faultKind())
                .isEqualTo(Kind.UNKNOWN_SKU);
        assertThat(fault(answered(1, false, 422, "{\"message\": \"no such country\"}")))
                .satisfies(fault -> assertThat(fault.faultKind()).isEqualTo(Kind.REFUSED))
                .hasMessageContaining("no such country");
    }

    @Test
    void whatIsAlreadyThereIsDone() {
        Exchange exchange = answered(1, false, 409, "{\"id\": 7}");
        READER.taken(exchange);
        assertThat(exchange.getVariable("alreadyThere")).isEqualTo(true);
        assertThat(exchange.getMessage().getBody(JsonNode.class).path("id").asInt())
                .isEqualTo(7);
    }

    @Test
    void whatIsNotThereLeavesNullForALook() {
        Exchange exchange = answered(0, true, 404, "{}");
        READER.looked(exchange);
        assertThat(exchange.getMessage().getBody(JsonNode.class).isNull()).isTrue();
    }

    @Test
    void aPageInsteadOfJsonMayHaveHappened() {
        assertThat(fault(answered(1, false, 200, "<html>")).faultKind()).isEqualTo(Kind.NO_ANSWER);
        assertThat(fault(answered(0, true, 200, "<html>")).faultKind()).isEqualTo(Kind.BUSY);
    }

    @Test
    void theHeaderThatTheConnectorNamesSaysWhenToComeBack() {
        Exchange exchange = answered(1, false, 503, "{}");
        exchange.getMessage().setHeader("X-Wait", "7");
        assertThat(fault(exchange).retryAfter()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void aHeaderWhoseNameSaysSoCountsMilliseconds() {
        Exchange exchange = answered(1, false, 423, "{}");
        exchange.getMessage().setHeader("X-Reset-Ms", "1500");
        assertThat(fault(exchange).retryAfter()).isEqualTo(Duration.ofMillis(1500));
    }

    @Test
    void retryAfterMayBeADate() {
        Exchange exchange = answered(1, false, 429, "{}");
        exchange.getMessage().setHeader("Retry-After", "Fri, 20 Nov 2026 12:01:00 GMT");
        assertThat(fault(exchange).retryAfter()).isEqualTo(Duration.ofMinutes(1));
    }

    /** 1,500 points wanted, 500 there, 100 come a second. */
    @Test
    void aThrottleOfCostsSaysItselfHowLongItLasts() {
        DeliveryFault fault = fault(answered(1, false, 200, throttled(1500, 500, "100.0")));
        assertThat(fault.faultKind()).isEqualTo(Kind.BUSY);
        assertThat(fault.retryAfter()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void aThrottleThatCanNeverFillUpSaysNothing() {
        assertThat(fault(answered(1, false, 200, throttled(1500, 500, "0"))).retryAfter())
                .isNull();
        assertThat(fault(answered(1, false, 200, throttled(10, 500, "50"))).retryAfter())
                .isNull();
        assertThat(fault(answered(1, false, 200, throttled(1_000_000_000, 0, "0.001")))
                        .retryAfter())
                .isEqualTo(Duration.ofHours(1));
    }

    private static String throttled(long wanted, long there, String rate) {
        return """
                {"errors": [{"message": "Throttled", "extensions": {"code": "THROTTLED"}}],
                 "extensions": {"cost": {"requestedQueryCost": %d,
                   "throttleStatus": {"maximumAvailable": 2000.0, "currentlyAvailable": %d, "restoreRate": %s}}}}"""
                .formatted(wanted, there, rate);
    }

    private static DeliveryFault fault(Exchange exchange) {
        return catchThrowableOfType(DeliveryFault.class, () -> READER.taken(exchange));
    }

    /** @param writes requests of the exchange that may have changed something, this one counted */
    private static Exchange answered(int writes, boolean question, int status, String body) {
        Exchange exchange = OneChannel.of(ANSWERS, Map.of("url", "https://shop.example.com"))
                .exchange();
        exchange.setVariable(Requests.CALL, Call.of(EventJson.MAPPER.createObjectNode(), "some.jslt"));
        exchange.setVariable(Wire.READS, question);
        exchange.setVariable(Wire.WRITES, writes);
        exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "application/json");
        exchange.getMessage().setBody(body.getBytes(UTF_8));
        return exchange;
    }
}
