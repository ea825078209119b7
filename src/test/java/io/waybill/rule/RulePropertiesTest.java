package io.waybill.rule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.order.EventJson;
import io.waybill.order.Line;
import io.waybill.order.Order;
import io.waybill.order.OrderChanged;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class RulePropertiesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> WORDS =
            List.of("vip", "VIP", "Vip1", "DOBA-7", "doba-8", "a'b\\c", "ö", "Ö x", "", "USD");
    private static final List<String> NUMBERS = List.of("0", "1", "1.10", "99.999", "100", "100.00", "-3");

    /** A condition as rule files write it, and what it means in plain Java. */
    record Case(JsonNode condition, Predicate<Order> meaning) {
        @Override
        public String toString() {
            return condition.toString();
        }
    }

    private record Texts(String path, Function<Order, Stream<String>> values) {}

    private static final List<Texts> TEXTS = List.of(
            new Texts("order.note", order -> Stream.ofNullable(order.note())),
            new Texts("order.currency", order -> Stream.of(order.currency())),
            new Texts("tags", order -> order.tags().stream()),
            new Texts(
                    "order.attributes.k",
                    order -> Stream.ofNullable(order.attributes().get("k"))),
            new Texts(
                    "order.lines.sku",
                    order -> order.lines().stream().map(Line::sku).filter(Objects::nonNull)));

    @Property(tries = 400)
    void aConditionMeansWhatPlainJavaSays(@ForAll("cases") Case generated, @ForAll("orders") Order order) {
        Decision decision = decide(publishWhen(generated.condition()), order);
        assertThat(decision.verdict())
                .as("%s of %s", generated, order)
                .isEqualTo(generated.meaning().test(order) ? Verdict.PUBLISH : Verdict.WITHHOLD);
    }

    @Property(tries = 150)
    void theCelOfAConditionMeansTheSame(@ForAll("cases") Case generated, @ForAll("orders") Order order) {
        Decision decision = decide(publishWhen(generated.condition()), order);
        String cel = Objects.requireNonNull(decision.trace().get(0).when());
        assertThat(decide(publishWhen(JSON.getNodeFactory().textNode(cel)), order)
                        .verdict())
                .as(cel)
                .isEqualTo(decision.verdict());
    }

    @Property(tries = 100)
    void theSameQuestionHasTheSameAnswer(@ForAll("cases") Case generated, @ForAll("orders") Order order) {
        RuleSet rules = publishWhen(generated.condition());
        Decision first = decide(rules, order);
        assertThat(decide(rules, order)).isEqualTo(first);
        assertThat(decide(publishWhen(generated.condition()), order)).isEqualTo(first);
    }

    @Property(tries = 100)
    void anotherPublishRuleNeverPublishesWhatWasWithheld(
            @ForAll("ruleFiles") ObjectNode file,
            @ForAll("publishRules") ObjectNode added,
            @ForAll boolean everywhere,
            @ForAll("orders") Order order) {
        Verdict before = decide(read(file), order).verdict();
        ArrayNode section = everywhere ? file.withArray("attributes") : file.withArray("/overwrites/odoo");
        section.insert(section.size() / 2, added);
        if (before != Verdict.PUBLISH) {
            assertThat(decide(read(file), order).verdict()).isNotEqualTo(Verdict.PUBLISH);
        }
    }

    @Property(tries = 60)
    void aDecisionIsJsonAndNeverAddsLines(@ForAll("ruleFiles") ObjectNode file, @ForAll("orders") Order order) {
        Decision decision = decide(read(file), order);
        assertThat(order.lines()).containsAll(decision.order().lines());
        assertThat(EventJson.MAPPER.valueToTree(decision.trace()).size())
                .isEqualTo(decision.trace().size());
    }

    @Property(tries = 400)
    void anyTextIsReadOrRefused(@ForAll("expressions") String expression) {
        ObjectNode file = JSON.createObjectNode();
        ObjectNode rule = file.putArray("attributes").addObject();
        rule.put("attribute", "tags").put("of", "line").put("when", expression).put("then", "x");
        RuleSet rules = RuleSet.read(file).rules();
        if (rules != null) {
            assertThat(rules.tag(TestOrders.EVENT, TestOrders.ORDER).trace()).hasSize(1);
        }
    }

    @Provide
    Arbitrary<String> expressions() {
        Arbitrary<String> value = Arbitraries.of(
                "order.number",
                "line.sku",
                "tags",
                "order.lines",
                "line.price",
                "1",
                "0",
                "'x'",
                "null",
                "true",
                "order.attributes",
                "order",
                "event.type",
                "money('1')",
                "type(order)",
                "[1, 2]",
                "{'a': 1}",
                "b'x'",
                "order.customer",
                "line.quantity",
                "order.placedAt",
                "line.lines",
                "optional.none()",
                "1.5",
                "2u",
                "Order{}",
                "int",
                "x",
                "timestamp('2020-01-01T00:00:00Z')",
                "order.lines.map(l, l.sku)");
        Arbitrary<String> form = Arbitraries.of(
                "%s == %s",
                "%s > %s",
                "%s in %s",
                "%s.contains(%s)",
                "%s[%s] == 'x'",
                "size(%s) > %s",
                "!(%s && %s)",
                "%s.exists(x, x == %s)",
                "%s.matches(%s)",
                "%s ? %s : true",
                "has(%s.sku) || %s",
                "%s + %s == 'x'",
                "%s / %s == 1",
                "dyn(%s) == %s",
                "%s.all(x, y, x != %s)",
                "%s.inText(%s)",
                "string(%s) == %s",
                "%s%s");
        return Combinators.combine(form, value, value).as((shape, one, other) -> shape.formatted(one, other));
    }

    @Provide
    Arbitrary<Case> cases() {
        return cases(3);
    }

    private Arbitrary<Case> cases(int depth) {
        Arbitrary<Case> leaf = Arbitraries.oneOf(textCases(), textCases(), amountCases());
        if (depth == 0) {
            return leaf;
        }
        Arbitrary<Case> inner = cases(depth - 1);
        return Arbitraries.oneOf(
                leaf,
                inner.map(part -> new Case(
                        JSON.createObjectNode().set("not", part.condition()),
                        part.meaning().negate())),
                inner.list().ofMinSize(1).ofMaxSize(3).map(parts -> many("all", parts, true)),
                inner.list().ofMinSize(1).ofMaxSize(3).map(parts -> many("any", parts, false)));
    }

    private static Case many(String word, List<Case> parts, boolean all) {
        ObjectNode condition = JSON.createObjectNode();
        ArrayNode array = condition.putArray(word);
        parts.forEach(part -> array.add(part.condition()));
        return new Case(
                condition,
                order -> all
                        ? parts.stream().allMatch(part -> part.meaning().test(order))
                        : parts.stream().anyMatch(part -> part.meaning().test(order)));
    }

    private Arbitrary<Case> textCases() {
        return Combinators.combine(
                        Arbitraries.of(TEXTS),
                        Arbitraries.of("equals", "containsText", "startsWith", "endsWith", "in", "matches", "exists"),
                        Arbitraries.of(WORDS),
                        Arbitraries.of(WORDS),
                        Arbitraries.of(true, false))
                .as(RulePropertiesTest::textCase);
    }

    private static Case textCase(Texts texts, String operator, String word, String other, boolean exactly) {
        ObjectNode tests = JSON.createObjectNode();
        switch (operator) {
            case "in" -> tests.putArray("in").add(word).add(other);
            case "exists" -> tests.put("exists", exactly);
            case "matches" -> tests.put("matches", pattern(word));
            default -> tests.put(operator, word);
        }
        if (exactly) {
            tests.put("exactly", true);
        }
        ObjectNode condition = JSON.createObjectNode();
        condition.set(texts.path(), tests);
        return new Case(condition, textMeaning(texts, operator, word, other, exactly));
    }

    private static Predicate<Order> textMeaning(
            Texts texts, String operator, String word, String other, boolean exactly) {
        if (operator.equals("exists")) {
            return order -> texts.values().apply(order).findAny().isPresent() == exactly;
        }
        BiPredicate<String, String> plain =
                switch (operator) {
                    case "equals" -> String::equals;
                    case "containsText" -> String::contains;
                    case "startsWith" -> String::startsWith;
                    case "endsWith" -> String::endsWith;
                    case "in" ->
                        (text, ignored) -> text.equals(cased(word, exactly)) || text.equals(cased(other, exactly));
                    default ->
                        (text, ignored) -> Pattern.compile(cased(pattern(word), exactly))
                                .matcher(text)
                                .find();
                };
        return order ->
                texts.values().apply(order).anyMatch(text -> plain.test(cased(text, exactly), cased(word, exactly)));
    }

    private static String pattern(String word) {
        return "^" + word.replace("\\", "\\\\") + "$";
    }

    private static String cased(String text, boolean exactly) {
        return exactly ? text : text.toLowerCase(Locale.ROOT);
    }

    private Arbitrary<Case> amountCases() {
        return Combinators.combine(
                        Arbitraries.of("equals", "greaterThan", "lessThan"),
                        Arbitraries.of(NUMBERS),
                        Arbitraries.of(1, 2))
                .as((operator, number, form) -> {
                    ObjectNode condition = JSON.createObjectNode();
                    ObjectNode tests = condition.putObject("order.totals.total");
                    tests.set(operator, form == 1 ? JSON.getNodeFactory().textNode(number) : number(number));
                    return new Case(condition, order -> {
                        Order.Totals totals = order.totals();
                        if (totals == null || totals.total() == null) {
                            return false;
                        }
                        int compared = totals.total().compareTo(new BigDecimal(number));
                        return operator.equals("equals")
                                ? compared == 0
                                : operator.equals("greaterThan") ? compared > 0 : compared < 0;
                    });
                });
    }

    private static JsonNode number(String number) {
        return JSON.getNodeFactory().numberNode(Double.parseDouble(number));
    }

    @Provide
    Arbitrary<Order> orders() {
        Arbitrary<String> word = Arbitraries.of(WORDS);
        return Combinators.combine(
                        word.injectNull(0.3),
                        word.list().ofMaxSize(3),
                        word.injectNull(0.3),
                        word.injectNull(0.2).list().ofMaxSize(3),
                        Arbitraries.of("0.00", "1.1", "100", "99.99", "-3.00").injectNull(0.3))
                .as(RulePropertiesTest::order);
    }

    private static Order order(String note, List<String> tags, String attribute, List<String> skus, String total) {
        List<Line> lines = new ArrayList<>();
        skus.forEach(sku ->
                lines.add(new Line("l" + lines.size(), sku, null, null, null, 1, 0, 0, 0, null, null, null, Map.of())));
        return TestOrders.ORDER
                .change()
                .note(note)
                .tags(tags)
                .attributes(attribute == null ? Map.of() : Map.of("k", attribute))
                .lines(lines)
                .totals(total == null ? null : new Order.Totals(null, null, null, null, new BigDecimal(total)))
                .build();
    }

    @Provide
    Arbitrary<ObjectNode> publishRules() {
        return Combinators.combine(
                        cases(), Arbitraries.of("order", "line"), Arbitraries.of(true, false), Arbitraries.of(1, 2, 3))
                .as((condition, of, then, form) -> {
                    ObjectNode rule =
                            JSON.createObjectNode().put("attribute", "publish").put("of", of);
                    if (form == 1) {
                        return rule.put("value", then);
                    }
                    rule.set("when", form == 2 ? condition.condition() : failing());
                    return rule.put("then", then).put("otherwise", !then);
                });
    }

    private static JsonNode failing() {
        return JSON.getNodeFactory().textNode("1 / size(order.lines) > 0");
    }

    @Provide
    Arbitrary<ObjectNode> ruleFiles() {
        return Combinators.combine(
                        publishRules().list().ofMaxSize(2),
                        publishRules().list().ofMaxSize(3))
                .as((everywhere, odoo) -> {
                    ObjectNode file = JSON.createObjectNode();
                    file.putArray("attributes").addAll(everywhere);
                    file.putObject("overwrites").putArray("odoo").addAll(odoo);
                    return file;
                });
    }

    private static RuleSet publishWhen(JsonNode condition) {
        ObjectNode file = JSON.createObjectNode();
        ObjectNode rule = file.putObject("overwrites").putArray("odoo").addObject();
        rule.put("attribute", "publish").put("then", true).put("otherwise", false);
        rule.set("when", condition);
        return read(file);
    }

    private static RuleSet read(JsonNode file) {
        RuleSet.Reading reading = RuleSet.read(file);
        assertThat(reading.problems()).isEmpty();
        return Objects.requireNonNull(reading.rules());
    }

    private static Decision decide(RuleSet rules, Order order) {
        OrderChanged event = new OrderChanged(order);
        return rules.decide(event, rules.tag(event, order), "odoo");
    }
}
