package io.waybill.rule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleMessagesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
            { order.shipingAddress.country: { equals: US } } | did you mean order.shippingAddress.country?
            { sku: { equals: US } }                          | did you mean line.sku?
            { Tags: { equals: US } }                         | did you mean tags?
            { tags: { contains: US } }                       | use one of equals, containsText, startsWith, endsWith, in, matches, greaterThan, lessThan, exists
            { tags: { containstext: US } }                   | did you mean containsText?
            { line.sku: { equals: x } }                      | add of: line to the rule, or ask order.lines.sku (any line)
            { order.number: { equals: 5 } }                  | write a text; put numbers and yes/no in quotes
            "order.totals.total > 100"                       | compare amounts with money('100.00')
            "order.nummer == 'x'"                            | did you mean number?
            "ordr.number == 'x'"                             | did you mean order?
            "shipment.number == 'x'"                         | start from order, event, tags
            "line.sku == 'x'"                                | add of: line to the rule, or ask order.lines.exists(l, …)
            "order.number"                                   | write something that is true or false
            """)
    void saysWhatToWriteInstead(String condition, String fix) {
        RuleSet.Reading reading =
                RuleSet.read(RuleFiles.tree("attributes: [ { attribute: tags, when: " + condition + ", then: x } ]"));
        assertThat(reading.problems())
                .singleElement()
                .extracting(RuleProblem::fix)
                .isEqualTo(fix);
    }

    @ParameterizedTest
    @CsvSource({"tag, tags", "Publish, publish", "shipping_method, shippingMethod"})
    void suggestsTheNearestAttribute(String written, String meant) {
        RuleSet.Reading reading =
                RuleSet.read(RuleFiles.tree("attributes: [ { attribute: " + written + ", value: x } ]"));
        assertThat(reading.problems())
                .singleElement()
                .extracting(RuleProblem::fix)
                .isEqualTo("did you mean " + meant + "?");
    }
}
