package io.waybill.rule;

import static io.waybill.rule.RuleFiles.decide;
import static io.waybill.rule.RuleFiles.publishWhen;
import static io.waybill.rule.RuleFiles.rules;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.order.EventJson;
import io.waybill.order.Line;
import io.waybill.order.Order;
import io.waybill.order.OrderCancelled;
import io.waybill.order.Status;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuleSetTest {
    private static final String DOBA =
            """
            attributes:
              - { attribute: tags, value: ShopifyUS }
            overwrites:
              doba:
                - { attribute: publish, of: line, when: { line.sku: { startsWith: DOBA- } }, then: true, otherwise: false }
            """;

    @Test
    void publishesWithoutRules() {
        Decision decision = decide(RuleSet.EMPTY);
        assertThat(decision.verdict()).isEqualTo(Verdict.PUBLISH);
        assertThat(decision.reason()).isNull();
        assertThat(decision.order()).isEqualTo(TestOrders.ORDER);
    }

    @Test
    void addsTagsToThoseOfTheOrder() {
        assertThat(tagged(rules(DOBA)).order().tags()).containsExactly("VIP", "ShopifyUS");
    }

    @Test
    void doesNotRepeatATag() {
        assertThat(tagged(rules("attributes: [ { attribute: tags, value: [VIP, new, new] } ]"))
                        .order()
                        .tags())
                .containsExactly("VIP", "new");
    }

    @Test
    void leavesOutTheLinesThatALineRuleSaysNoTo() {
        Decision decision = decide(rules(DOBA), "doba");
        assertThat(decision.verdict()).isEqualTo(Verdict.PUBLISH);
        assertThat(decision.order().lines()).extracting(Line::id).containsExactly("2");
    }

    @Test
    void withholdsWhenNoLineIsLeft() {
        Decision decision = decide(rules(DOBA.replace("DOBA-", "TEMU-")), "doba");
        assertThat(decision.verdict()).isEqualTo(Verdict.WITHHOLD);
        assertThat(decision.reason())
                .isEqualTo("Not published to doba: rule 1 under overwrites.doba leaves no line to publish.");
        assertThat(decision.order().lines()).hasSize(3);
    }

    @Test
    void keepsOtherDestinationsOutOfIt() {
        assertThat(decide(rules(DOBA), "odoo").order().lines()).hasSize(3);
    }

    @Test
    void seesTheStoredTagsOnAnUpdate() {
        RuleSet rules = rules(
                """
                overwrites:
                  shopify-us:
                    - attribute: publish
                      when: { tags: { containsText: shopifyus } }
                      then: true
                      otherwise: false
                """);
        OrderCancelled event = new OrderCancelled("5550001", "c1", null, "customer", null, List.of());
        Order stored = TestOrders.ORDER.withTags(List.of("ShopifyUS"));
        assertThat(rules.decide(event, rules.tag(event, stored), "shopify-us").verdict())
                .isEqualTo(Verdict.PUBLISH);
        assertThat(rules.decide(event, rules.tag(event, TestOrders.ORDER), "shopify-us")
                        .verdict())
                .isEqualTo(Verdict.WITHHOLD);
    }

    @Test
    void namesTheFirstRuleThatSaidNo() {
        RuleSet rules = rules(
                """
                attributes:
                  - { attribute: publish, when: { order.currency: { equals: usd } }, then: true, otherwise: false }
                overwrites:
                  odoo:
                    - { attribute: tags, value: late }
                    - { attribute: publish, when: { order.totals.total: { greaterThan: 100 } }, then: true, otherwise: false }
                    - { attribute: publish, value: false }
                """);
        Decision decision = decide(rules);
        assertThat(decision.verdict()).isEqualTo(Verdict.WITHHOLD);
        assertThat(decision.reason())
                .isEqualTo("Not published to odoo: rule 2 under overwrites.odoo says publish: false "
                        + "(order.totals.total greaterThan 100: no).");
        assertThat(decision.trace()).hasSize(4);
    }

    @Test
    void setsEveryAttribute() {
        Tagged tagged = tagged(
                rules(
                        """
                attributes:
                  - { attribute: status, value: on_hold }
                  - { attribute: warehouse, value: EU-1 }
                  - { attribute: shippingMethod, value: Express }
                  - { attribute: note, value: Check the address }
                  - { attribute: prefix, value: US- }
                  - { attribute: priority, value: 5 }
                  - { attribute: attributes.team, value: north }
                """));
        assertThat(tagged.order().status()).isEqualTo(Status.ON_HOLD);
        assertThat(tagged.order().shipping()).hasToString("Shipping[method=Express, price=4.90, tax=null]");
        assertThat(tagged.order().note()).isEqualTo("Check the address");
        assertThat(tagged.order().attributes()).containsEntry("team", "north").containsEntry("gift", "yes");
        assertThat(tagged.marks()).isEqualTo(new Marks("EU-1", "US-", 5));
    }

    @Test
    void anOverwriteWinsForItsDestination() {
        RuleSet rules = rules(
                """
                attributes: [ { attribute: warehouse, value: EU-1 } ]
                overwrites: { odoo: [ { attribute: warehouse, value: US-1 } ] }
                """);
        assertThat(decide(rules, "odoo").marks().warehouse()).isEqualTo("US-1");
        assertThat(decide(rules, "doba").marks().warehouse()).isEqualTo("EU-1");
    }

    @Test
    void aRuleSeesWhatTheOnesAboveItSet() {
        RuleSet rules = rules(
                """
                attributes:
                  - { attribute: tags, when: { order.shippingAddress.country: { equals: us } }, then: domestic }
                  - { attribute: warehouse, when: { tags: { equals: domestic } }, then: US-1, otherwise: EU-1 }
                """);
        assertThat(tagged(rules).marks().warehouse()).isEqualTo("US-1");
    }

    @Test
    void setsAttributesOfSingleLines() {
        RuleSet rules = rules("attributes: [ { attribute: attributes.ship, of: line, "
                + "when: { line.sku: { startsWith: doba- } }, then: drop, otherwise: own } ]");
        assertThat(tagged(rules).order().lines())
                .extracting(line -> line.attributes().get("ship"))
                .containsExactly("own", "drop", "own");
    }

    @Test
    void aTagOfLinesIsSetWhenOneLineAsksForIt() {
        RuleSet rules = rules(
                "attributes: [ { attribute: tags, of: line, when: { line.sku: { startsWith: doba- } }, then: drop } ]");
        assertThat(tagged(rules).order().tags()).containsExactly("VIP", "drop");
    }

    @ParameterizedTest
    @CsvSource({"true, PUBLISH", "false, WITHHOLD"})
    void aPublishRuleWithoutOtherwiseSaysTheOpposite(boolean then, Verdict verdict) {
        RuleSet rules = rules("overwrites: { odoo: [ { attribute: publish, when: { order.currency: { equals: "
                + (then ? "USD" : "EUR") + " } }, then: " + then + " } ] }");
        RuleSet other = rules("overwrites: { odoo: [ { attribute: publish, when: { order.currency: { equals: "
                + (then ? "EUR" : "USD") + " } }, then: " + then + " } ] }");
        assertThat(decide(rules).verdict()).isEqualTo(Verdict.PUBLISH);
        assertThat(decide(other).verdict()).isEqualTo(Verdict.WITHHOLD);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ order.currency: { equals: usd } }",
                "{ order.currency: { equals: USD, exactly: true } }",
                "{ order.currency: { in: [eur, usd] } }",
                "{ order.number: { matches: '^#1\\d+$' } }",
                "{ order.customer.email: { endsWith: '@EXAMPLE.com' } }",
                "{ order.totals.total: { greaterThan: 29.89, lessThan: '29.91' } }",
                "{ order.totals.total: { equals: 29.9 } }",
                "{ order.totals.total: { in: ['1', '29.900'] } }",
                "{ order.placedAt: { greaterThan: '2026-11-20T11:00:00+01:00' } }",
                "{ order.lines.sku: { startsWith: doba- } }",
                "{ order.lines.quantity: { equals: 2 } }",
                "{ order.lines.price: { lessThan: 5 } }",
                "{ order.lines.attributes.bin: { equals: a1 } }",
                "{ order.attributes.gift: { exists: true } }",
                "{ order.attributes.wrap: { exists: false } }",
                "{ order.billingAddress: { exists: false } }",
                "{ order.billingAddress.country: { exists: false } }",
                "{ order.discounts: { exists: false } }",
                "{ order.lines.title: { exists: true } }",
                "{ tags: { in: [vip] } }",
                "{ order.tags: { exists: true } }",
                "{ event.type: { equals: order } }",
                "{ not: { order.note: { equals: x } } }",
                "{ any: [ { order.note: { exists: true } }, { tags: { equals: vip } } ] }",
                "{ all: [ \"order.currency == 'USD'\", { tags: { equals: vip } } ] }",
                "\"order.totals.total == money('29.9')\"",
                "\"order.lines.exists(l, has(l.sku) && l.sku.startsWith('DOBA'))\"",
                "\"order.lines.all(l, l.quantity > 0)\"",
                "\"order.note == 'x' || order.currency == 'USD'\"",
                "\"!has(order.billingAddress.country)\"",
                "\"order.attributes['gift'] == 'yes' && order.attributes.gift == 'yes'\"",
                "\"order.shippingAddress.country.inText(['us', 'ca'])\"",
                "\"order.totals.lines + order.totals.shipping == order.totals.total\"",
                "\"order.number.matches('^#[0-9]+$')\"",
                "\"order.placedAt < timestamp('2027-01-01T00:00:00Z')\"",
            })
    void holds(String condition) {
        Decision decision = decide(publishWhen(condition));
        assertThat(decision.verdict()).as(decision.trace().toString()).isEqualTo(Verdict.PUBLISH);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ order.currency: { equals: usd, exactly: true } }",
                "{ order.note: { equals: '' } }",
                "{ order.note: { exists: true } }",
                "{ order.totals.discount: { lessThan: 100 } }",
                "{ order.lines.attributes.shelf: { equals: a1 } }",
                "{ event.by: { equals: customer } }",
                "{ order.customer.email: { matches: '^EXAMPLE', exactly: true } }",
                "{ order.customer.name: { startsWith: 'Ada Example and many more' } }",
                "{ order.customer.name: { endsWith: 'Ada Example and many more' } }",
                "\"order.note != 'x'\"",
                "\"!(order.note == 'x')\"",
                "\"order.attributes.wrap == 'yes'\"",
            })
    void doesNotHold(String condition) {
        assertThat(decide(publishWhen(condition)).verdict()).isEqualTo(Verdict.WITHHOLD);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10 / order.lines[0].shipped > 1",
                "order.lines[7].sku == 'x'",
                "dyn(order.totals.total) > 100",
                "money(order.number) > money('1')",
                "order.customer.name.matches(order.customer.email + '(')",
            })
    void aPublishRuleThatFailsWithholdsAsAnError(String condition) {
        Decision decision = decide(publishWhen("\"" + condition + "\""));
        assertThat(decision.verdict()).isEqualTo(Verdict.RULE_ERROR);
        assertThat(decision.reason())
                .startsWith("Not published to odoo: rule 1 under overwrites.odoo could not be evaluated: ")
                .doesNotContain("Ada", "#1001", "29.90");
        assertThat(decision.trace().get(0).outcome()).isEqualTo(RuleTrace.Outcome.FAILED);
    }

    @Test
    void aPublishRuleThatFailsForOneLineWithholdsAsAnError() {
        RuleSet rules = rules("overwrites: { odoo: [ { attribute: publish, of: line, "
                + "when: '6 / (line.quantity - 2) > 0', then: true, otherwise: false } ] }");
        Decision decision = decide(rules);
        assertThat(decision.verdict()).isEqualTo(Verdict.RULE_ERROR);
        assertThat(decision.reason()).contains("for line 1: divide by zero");
    }

    @Test
    void aTagRuleThatFailsIsSkippedAndFlagged() {
        Tagged tagged = tagged(
                rules(
                        """
                attributes:
                  - { attribute: tags, when: "1 / order.lines[0].shipped > 0", then: broken, otherwise: odd }
                  - { attribute: tags, value: fine }
                """));
        assertThat(tagged.order().tags()).containsExactly("VIP", "fine");
        assertThat(tagged.trace().get(0).outcome()).isEqualTo(RuleTrace.Outcome.FAILED);
        assertThat(tagged.trace().get(0).error()).isEqualTo("divide by zero");
    }

    @Test
    void aFailureThatDoesNotMatterIsNone() {
        assertThat(decide(publishWhen("\"1 / order.lines[0].shipped > 0 || order.currency == 'USD'\""))
                        .verdict())
                .isEqualTo(Verdict.PUBLISH);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ order.currency: { equals: usd, exactly: true } }",
                "{ tags: { equals: vip, exactly: true } }",
                "{ order.lines.sku: { startsWith: doba-, exactly: true } }",
                "{ order.number: { exists: true }, order.currency: { in: [usd], exactly: true } }",
                "\"order.number == '#1001' && 'vip' in tags\"",
                "\"order.currency == 'usd'\"",
                "\"order.customer.name.startsWith('ADA')\"",
            })
    void flagsANearMissOfLetterCase(String condition) {
        Decision decision = decide(publishWhen(condition));
        assertThat(decision.verdict()).isEqualTo(Verdict.WITHHOLD);
        assertThat(decision.trace().get(0).conditions())
                .filteredOn(ConditionTrace::nearMiss)
                .singleElement()
                .extracting(ConditionTrace::note)
                .isEqualTo("differs only by letter case");
    }

    @Test
    void notesWhatIsMissing() {
        Decision decision =
                decide(publishWhen("{ order.note: { equals: x }, order.billingAddress.city: { in: [y] } }"));
        assertThat(decision.trace().get(0).conditions())
                .extracting(ConditionTrace::path, ConditionTrace::note)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("order.note", "missing"),
                        org.assertj.core.groups.Tuple.tuple("order.billingAddress.city", "missing"));
        assertThat(decide(publishWhen("\"order.note == 'x'\"")).trace().get(0).conditions())
                .extracting(ConditionTrace::note)
                .containsExactly("order.note is missing");
    }

    @Test
    void theTraceIsJson() {
        JsonNode trace =
                EventJson.MAPPER.valueToTree(decide(rules(DOBA), "doba").trace());
        assertThat(trace.at("/0/lines/0/conditions/0").toString())
                .isEqualTo("{\"path\":\"line.sku\",\"operator\":\"startsWith\",\"expected\":\"DOBA-\","
                        + "\"actual\":\"MUG-BLUE\",\"result\":false,\"nearMiss\":false}");
        assertThat(trace.at("/0/when").asText()).isEqualTo("(has(line.sku) && line.sku.startsWithText('DOBA-'))");
    }

    @Test
    void listsTheFirstLinesOnlyAndCountsTheRest() {
        List<Line> lines = IntStream.range(0, 5_000)
                .mapToObj(i -> new Line(
                        "l" + i, "DOBA-" + i, null, null, null, 1, 0, 0, 0, null, null, null, java.util.Map.of()))
                .toList();
        RuleSet rules = rules(DOBA);
        Order order = TestOrders.ORDER.change().lines(lines).build();
        Decision decision = rules.decide(TestOrders.EVENT, rules.tag(TestOrders.EVENT, order), "doba");
        assertThat(decision.order().lines()).hasSize(5_000);
        assertThat(decision.trace().get(0).lines()).hasSize(20);
        assertThat(decision.trace().get(0).linesNotListed()).isEqualTo(4_980);
    }

    @Test
    void aConditionThatWouldTakeForEverFails() {
        List<Line> lines = IntStream.range(0, 5_000)
                .mapToObj(
                        i -> new Line("l" + i, "x", null, null, null, 1, 0, 0, 0, null, null, null, java.util.Map.of()))
                .toList();
        Order order = TestOrders.ORDER.change().lines(lines).build();
        RuleSet rules = publishWhen("\"order.lines.all(a, order.lines.all(b, a.id != 'q' && b.id != 'q'))\"");
        Decision decision = rules.decide(TestOrders.EVENT, rules.tag(TestOrders.EVENT, order), "odoo");
        assertThat(decision.verdict()).isEqualTo(Verdict.RULE_ERROR);
        assertThat(decision.reason()).contains("iteration budget exceeded");
    }

    @Test
    void refusesAnExpressionNestedTooDeeply() {
        String deep = "(".repeat(500) + "true" + ")".repeat(500);
        assertThat(RuleSet.read(RuleFiles.tree("attributes: [ { attribute: tags, when: \"" + deep + "\", then: x } ]"))
                        .problems())
                .extracting(RuleProblem::code)
                .containsOnly("condition-invalid");
    }

    @Test
    void aTextCannotBreakOutOfItsQuotes() {
        assertThat(decide(publishWhen("{ order.note: { equals: \"x') || true || ('\\\\\\n\" } }"))
                        .verdict())
                .isEqualTo(Verdict.WITHHOLD);
    }

    @Test
    void namesTheDestinationsItHasOverwritesFor() {
        assertThat(rules(DOBA).destinations()).containsExactly("doba");
    }

    private static Tagged tagged(RuleSet rules) {
        return rules.tag(TestOrders.EVENT, TestOrders.ORDER);
    }
}
