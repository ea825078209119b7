package io.waybill.channel.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.schibsted.spt.data.jslt.JsltException;
import io.waybill.order.EventJson;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What mappings say, and what comes out. */
class MappingFunctionsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "decimal(\"1.10\") | \"1.10\"",
                "decimal(\"1.005\", 2) | \"1.01\"",
                "decimal(\"-1.005\", 2) | \"-1.01\"",
                "decimal(\" 7 \") | \"7\"",
                "decimal(\"1E3\") | \"1000\"",
                "decimal(null) | null",
                "decimal(\"\") | null",
                "money(\"1.5\", \"USD\") | \"1.50\"",
                "money(1.5, \"JPY\") | \"2\"",
                "money(\"1.2345\", \"BHD\") | \"1.235\"",
                "exact-number(\"12345678901234567890.10\") | 12345678901234567890.10",
                "number(\"7.00\") | 7",
                "number(\"9007199254740993\") | 9007199254740993",
                "number(\"many\", 0) | 0",
                "number(\"many\", null) | null",
                "sum([0.1, 0.2]) | 0.3",
                "sum([1, \"2\", null]) | 3",
                "sum([]) | 0",
                "decimal-sum([0.1, \"0.20\", null]) | \"0.30\"",
                "decimal-sum([]) | \"0\"",
                "decimal-add(0.1, \"0.2\", 1) | \"1.3\"",
                "decimal-subtract(\"10.00\", 0.01, null) | \"9.99\"",
                "decimal-multiply(\"12.50\", 3) | \"37.50\"",
                "decimal-multiply(\"12.50\", null) | null",
                "decimal-divide(10, 3, 4) | \"3.3333\"",
                "decimal-divide(2, 3, 2) | \"0.67\"",
                "decimal-divide(1, 0, 2) | null",
                "decimal-divide(null, 1, 2) | null",
                "decimal-negate(\"1.20\") | \"-1.20\"",
                "decimal-abs(\"-1.20\") | \"1.20\"",
                "decimal-compare(\"1.0\", 1) | 0",
                "decimal-compare(null, 1) | -1",
                "minor-units(\"12.50\", 100) | 1250",
                "minor-units(\"12.505\", \"USD\") | 1251",
                "minor-units(7, \"JPY\") | 7",
                "minor-units(null, 100) | null",
                "from-minor-units(1250, 100) | \"12.50\"",
                "from-minor-units(\"7\", \"JPY\") | \"7\"",
                "from-minor-units(12.5, 100) | \"0.125\"",
                "from-minor-units(null, 100) | null"
            })
    void amountsAreExact(String mapping, String made) {
        assertThat(run(mapping)).hasToString(made);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "utc(\"2026-11-20T10:11:12+01:00\") | \"2026-11-20T09:11:12Z\"",
                "utc(\"2026-11-20T10:11:12.500Z\") | \"2026-11-20T10:11:12.500Z\"",
                "utc(\"2026-11-20T10:11:12+0000\") | \"2026-11-20T10:11:12Z\"",
                "utc(\"2026-11-20 10:11:12Z\") | \"2026-11-20T10:11:12Z\"",
                "utc(\"Fri, 20 Nov 2026 10:11:12 +0000\") | \"2026-11-20T10:11:12Z\"",
                "utc(\"2026-11-20T10:11:12\", \"UTC\") | \"2026-11-20T10:11:12Z\"",
                "utc(\"2026-11-20 10:11:12\", \"America/New_York\") | \"2026-11-20T15:11:12Z\"",
                "utc(\"2026-07-01 00:30\", \"Europe/Berlin\") | \"2026-06-30T22:30:00Z\"",
                "utc(\"2026-11-20\", \"UTC\") | \"2026-11-20T00:00:00Z\"",
                "utc(\"2026-11-20T10:11:12+01:00\", \"UTC\") | \"2026-11-20T09:11:12Z\"",
                "utc(null) | null",
                "utc(\"\", \"UTC\") | null",
                "utc-of-seconds(1763640000) | \"2025-11-20T12:00:00Z\"",
                "utc-of-seconds(\"1763640000\") | \"2025-11-20T12:00:00Z\"",
                "utc-of-millis(1763640000500) | \"2025-11-20T12:00:00.500Z\"",
                "utc-of-seconds(null) | null",
                "seconds-of(\"2025-11-20T12:00:00.900Z\") | 1763640000",
                "millis-of(\"2025-11-20T12:00:00.900Z\") | 1763640000900",
                "plus-seconds(\"2025-12-31T23:59:59Z\", 2) | \"2026-01-01T00:00:01Z\"",
                "plus-seconds(\"2026-01-01T00:00:01Z\", -2) | \"2025-12-31T23:59:59Z\"",
                "local-time(\"2026-11-20T10:11:12Z\", \"America/New_York\", \"yyyy-MM-dd HH:mm\") | \"2026-11-20 05:11\"",
                "local-time(null, \"UTC\", \"yyyy\") | null"
            })
    void instantsAreOfUtc(String mapping, String made) {
        assertThat(run(mapping)).hasToString(made);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "html-unescape(\"Tom &amp; J&eacute;r&#244;me\") | \"Tom & Jérôme\"",
                "base64(\"ü\") | \"w7w=\"",
                "from-base64(\"w7w=\") | \"ü\"",
                "hex(\"az\") | \"617a\"",
                "url-encode(\"a b/ü+\") | \"a%20b%2F%C3%BC%2B\"",
                "first-name(\"Ada Byron King\") | \"Ada Byron\"",
                "last-name(\"Ada Byron King\") | \"King\"",
                "first-name(\"Ada\") | \"Ada\"",
                "last-name(\" Ada \") | \"\"",
                "last-name(null) | null",
                "gunzip-base64(\"H4sIAAAAAAAC/8vIBACsKpPYAgAAAA==\") | \"aGk=\"",
                "shorten(\"abcdef\", 3) | \"abc\"",
                "shorten(\"ab😀c\", 3) | \"ab\"",
                "shorten(\"ab\", 3) | \"ab\"",
                "shorten(null, 3) | null",
                "link-next(\"<https://a.example/?p=1>; rel=\\\"previous\\\", <https://a.example/?p=3&x=1>; rel=\\\"next\\\"\") | \"https://a.example/?p=3&x=1\"",
                "link-next(\"<https://a.example/?p=1>; rel=\\\"previous\\\"\") | null",
                "link-next(null) | null",
                "query-parameter(\"https://a.example/x?page=a%20b&q=1\", \"page\") | \"a b\"",
                "query-parameter(\"https://a.example/x\", \"page\") | null",
                "from-json(\"{\\\"a\\\": 12345678901234567890.15}\") | {\"a\":12345678901234567890.15}",
                "from-json(\"nonsense\", null) | null"
            })
    void textIsWhatSystemsMean(String mapping, String made) {
        assertThat(run(mapping)).hasToString(made);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "decimal(\"1,50\")",
                "decimal(\"1E999999999\")",
                "decimal([])",
                "decimal(1, -1)",
                "decimal(1, 99)",
                "money(1, \"NOPE\")",
                "number(\"many\")",
                "decimal-sum([\"x\"])",
                "minor-units(1, 7)",
                "minor-units(1, 0)",
                "from-minor-units(1, null)",
                "utc(\"2026-11-20T10:11:12\")",
                "utc(\"yesterday\")",
                "utc(\"2026-02-30T00:00:00Z\")",
                "utc(\"2026-11-20\", \"Nowhere/City\")",
                "utc-of-seconds(1.5)",
                "gunzip-base64(\"bm8=\")",
                "from-base64(\"a\")",
                "from-json(\"nonsense\")"
            })
    void whatIsNoneIsRefusedWithoutBeingShown(String mapping) {
        assertThatThrownBy(() -> run(mapping))
                .isInstanceOf(JsltException.class)
                .hasMessageContaining("its argument is not of the kind that it takes")
                .hasMessageNotContainingAny("yesterday", "many", "nonsense");
    }

    @Test
    void binaryFloatingPointIsRefusedWhereItWouldBeWritten() {
        assertThatThrownBy(() -> run("{\"a\": [1.10 + 2.20]}")).hasMessageContaining("$.a[0]");
        assertThat(run("{\"a\": if (1.10 + 2.20 > 3) \"much\"}")).hasToString("{\"a\":\"much\"}");
    }

    @Test
    void nothingIsLeftOutAndNullCanBeSentAllTheSame() {
        assertThat(run("{\"a\": null, \"b\": {}, \"c\": [], \"d\": send-null(), \"e\": \"\"}"))
                .hasToString("{\"c\":[],\"d\":null,\"e\":\"\"}");
    }

    @Test
    void numbersOfTheInputLoseNoDigit() {
        JsonNode input = EventJson.tree("{\"n\": 12345678901234567890.15}".getBytes(StandardCharsets.UTF_8));
        assertThat(MappingLanguage.apply(
                        MappingLanguage.compile("a.jslt", path -> Optional.of("decimal(.n)")), Map.of(), input))
                .hasToString("\"12345678901234567890.15\"");
    }

    private static JsonNode run(String mapping) {
        return MappingLanguage.apply(
                MappingLanguage.compile("a.jslt", path -> Optional.of(mapping)),
                Map.of(),
                EventJson.MAPPER.createObjectNode());
    }
}
