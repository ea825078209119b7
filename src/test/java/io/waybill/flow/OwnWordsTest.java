package io.waybill.flow;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnWordsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            {"message":"No such tax code."}                        | ` It says: No such tax code.`
            {"detail":"Line 2 is closed","title":"x"}              | ` It says: Line 2 is closed.`
            {"error":{"message":"Not now"}}                        | ` It says: Not now.`
            {"message":"bad address ada@example.com, +1 555 0100 22"} | ` It says: bad address … ….`
            {"customer":"Ada Example"}                             | ``
            ["Ada Example"]                                        | ``
            Ada Example                                            | ``
            """)
    void onlyTheReasonIsRepeated(String answer, String words) {
        assertThat(OwnWords.of(answered("HTTP 422\nContent-Type: application/json\n\n" + answer)))
                .isEqualTo(words);
    }

    @Test
    void longReasonsAreCut() {
        String words = OwnWords.of(answered("HTTP 422\n\n{\"message\":\"" + "long ".repeat(100) + "\"}"));
        assertThat(words).hasSizeLessThan(220).contains("…");
    }

    @Test
    void nothingIsSaidWithoutAnAnswer() {
        assertThat(OwnWords.of(new DefaultExchange(new DefaultCamelContext()))).isEmpty();
    }

    private static Exchange answered(String response) {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.setVariable(Wire.RESPONSE, response);
        return exchange;
    }
}
