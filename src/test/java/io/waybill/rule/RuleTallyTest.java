package io.waybill.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.rule.RuleUse.Standing;
import java.util.List;
import org.junit.jupiter.api.Test;

class RuleTallyTest {
    private static final String RULES =
            """
            attributes:
              - { attribute: tags, value: always here }
              - { attribute: publish, when: { tags: { equals: nobody } }, then: false }
              - { attribute: tags, when: { order.currency: { equals: USD } }, then: dollar }
              - { attribute: note, when: "order.lines.exists(l, 10 / l.shipped > 1)", then: x }
            overwrites:
              odoo:
                - { attribute: publish, of: line, when: { line.sku: { exists: true } }, then: true, otherwise: false }
              nobody:
                - { attribute: publish, value: false }
            """;

    private final RuleSet rules = RuleFiles.rules(RULES);
    private final RuleTally tally = new RuleTally();

    @Test
    void tellsHowEachRuleFaredInTheOrderOfTheFile() {
        Tagged tagged = rules.tag(TestOrders.EVENT, TestOrders.ORDER, tally);
        rules.decide(TestOrders.EVENT, tagged, "odoo", tally);

        assertThat(tally.uses(rules))
                .extracting(RuleUse::rule)
                .startsWith("rule 1 under attributes", "rule 2 under attributes", "rule 3 under attributes");
        assertThat(standings())
                .containsExactly(
                        Standing.CONSTANT,
                        Standing.NEVER,
                        Standing.ALWAYS,
                        Standing.NEVER,
                        Standing.SOMETIMES,
                        Standing.UNREACHED);
    }

    @Test
    void countsFailuresAndLinesOfBothKinds() {
        Tagged tagged = rules.tag(TestOrders.EVENT, TestOrders.ORDER, tally);
        rules.decide(TestOrders.EVENT, tagged, "odoo", tally);

        RuleUse failing = tally.uses(rules).get(3);
        assertThat(List.of(failing.asked(), failing.held(), failing.missed(), failing.failed()))
                .containsExactly(1L, 0L, 0L, 1L);
        RuleUse lines = tally.uses(rules).get(4);
        assertThat(List.of(lines.asked(), lines.held(), lines.missed(), lines.failed()))
                .containsExactly(1L, 1L, 1L, 0L);
    }

    @Test
    void decidesTheSameWithoutATrace() {
        Tagged told = rules.tag(TestOrders.EVENT, TestOrders.ORDER);
        Tagged counted = rules.tag(TestOrders.EVENT, TestOrders.ORDER, tally);
        Decision toldThere = rules.decide(TestOrders.EVENT, told, "odoo");
        Decision countedThere = rules.decide(TestOrders.EVENT, counted, "odoo", tally);

        assertThat(counted.order()).isEqualTo(told.order());
        assertThat(countedThere.with(toldThere.trace())).isEqualTo(toldThere);
        assertThat(counted.trace()).isEmpty();
    }

    private List<Standing> standings() {
        return tally.uses(rules).stream().map(RuleUse::standing).toList();
    }
}
