package io.waybill.channel;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.channel.Documents.Document;
import io.waybill.channel.RuleTest.At;
import io.waybill.order.Event;
import io.waybill.order.EventJson;
import io.waybill.order.InvalidEvent;
import io.waybill.order.Order;
import io.waybill.order.OrderChanged;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the cases of {@code rules/<channel>.test.yaml}. Orders and events are held against the canonical form here. */
final class RuleTestReader {
    /** What a case need not say. */
    private static final JsonNode PLAIN = EventJson.tree(
            """
            {"id": "1", "number": "#1", "status": "paid", "currency": "USD",
             "lines": [{"id": "1", "sku": "SKU-1", "title": "A thing", "quantity": 1, "price": "10.00"}]}"""
                    .getBytes(UTF_8));

    private static final Set<String> FACTS = Set.of("cancellation", "shipment", "return", "label");
    private static final List<String> BY_DESTINATION = List.of("publish", "withheld", "lines");

    private final Documents documents;
    private final Set<String> channels;
    private final Findings findings;

    RuleTestReader(Documents documents, Findings findings) {
        this.documents = documents;
        this.channels = documents.names(FileKind.CHANNEL);
        this.findings = findings;
    }

    List<RuleTest> read() {
        List<RuleTest> tests = new ArrayList<>();
        for (Document document : documents.of(FileKind.RULE_TESTS)) {
            if (!findings.refuse(document.path())) {
                List<RuleTest> ofFile = read(document);
                if (!findings.refuse(document.path())) {
                    tests.addAll(ofFile);
                }
            }
        }
        return tests;
    }

    private List<RuleTest> read(Document document) {
        List<RuleTest> tests = new ArrayList<>();
        Set<String> names = new HashSet<>();
        JsonNode cases = document.yaml().at("/tests");
        for (int i = 0; i < cases.size(); i++) {
            String at = "/tests/" + i;
            String name = cases.get(i).path("name").asText();
            if (!names.add(name)) {
                bad(document, at + "/name", "two cases are called \"" + name + "\"", "say what this one shows");
            }
            RuleTest test = test(document, at, name, cases.get(i));
            if (test != null) {
                tests.add(test);
            }
        }
        return tests;
    }

    private @Nullable RuleTest test(Document document, String at, String name, JsonNode node) {
        BY_DESTINATION.forEach(key -> checkChannels(document, at + "/expect/" + key));
        Order order = order(document, at + "/order", node.path("order"));
        Event event = order == null ? null : event(document, at + "/event", node.path("event"), order);
        return order == null || event == null
                ? null
                : new RuleTest(
                        document.path(),
                        document.line(at + "/name"),
                        document.name(),
                        name,
                        event,
                        order,
                        expected(document, at + "/expect"));
    }

    private void checkChannels(Document document, String at) {
        document.yaml().at(at).fieldNames().forEachRemaining(name -> {
            if (!channels.contains(name)) {
                findings.error(
                        document.path(),
                        document.line(YamlFile.pointer(at, name)),
                        BundleError.UNKNOWN_CHANNEL,
                        "there is no channel \"" + name + "\"",
                        Nearest.fix(name, channels));
            }
        });
    }

    private @Nullable Order order(Document document, String at, JsonNode given) {
        ObjectNode whole = PLAIN.deepCopy();
        given.properties().forEach(member -> whole.set(member.getKey(), member.getValue()));
        return read(document, at, () -> EventJson.readOrder(whole));
    }

    private @Nullable Event event(Document document, String at, JsonNode given, Order order) {
        if (given.isMissingNode()) {
            return new OrderChanged(order);
        }
        ObjectNode whole = given.deepCopy();
        String type = whole.path("type").asText();
        if (type.equals("order")) {
            bad(document, at, "\"event\" is for what happens to an order", "write the order under order: alone");
            return null;
        }
        if (!whole.has("orderId")) {
            whole.put("orderId", order.id());
        }
        if (!whole.has("id") && FACTS.contains(type)) {
            whole.put("id", "1");
        }
        return read(document, at, () -> EventJson.read(whole));
    }

    private interface Canonical<T> {
        T read();
    }

    private <T> @Nullable T read(Document document, String at, Canonical<T> canonical) {
        try {
            return canonical.read();
        } catch (InvalidEvent e) {
            String below = e.path().equals("$")
                    ? ""
                    : "/" + e.path().replace('.', '/').replace("[", "/").replace("]", "");
            bad(document, at + below, e.getMessage() + ".", "see the canonical form in the guide to tests");
            return null;
        }
    }

    private void bad(Document document, String at, String problem, String fix) {
        findings.error(document.path(), document.line(at), BundleError.BAD_VALUE, problem, fix);
    }

    private static RuleTest.Expected expected(Document document, String at) {
        JsonNode tags = document.yaml().at(at + "/tags");
        return new RuleTest.Expected(
                tags.isMissingNode() ? null : new At<>(document.line(at + "/tags"), texts(tags)),
                each(document, at + "/publish", JsonNode::asBoolean),
                each(document, at + "/withheld", JsonNode::asText),
                each(document, at + "/lines", RuleTestReader::texts),
                each(document, at + "/attributes", JsonNode::asText));
    }

    private static <T> Map<String, At<T>> each(Document document, String at, Function<JsonNode, T> value) {
        Map<String, At<T>> found = new LinkedHashMap<>();
        document.yaml().at(at).properties().forEach(member -> {
            int line = document.line(YamlFile.pointer(at, member.getKey()));
            found.put(member.getKey(), new At<>(line, value.apply(member.getValue())));
        });
        return found;
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(element -> texts.add(element.asText()));
        return texts;
    }
}
