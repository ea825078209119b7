package io.waybill.rule;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.util.Objects;

/** Rule files as the tests write them. */
final class RuleFiles {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private RuleFiles() {}

    static JsonNode tree(String yaml) {
        try {
            return YAML.readTree(yaml);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static RuleSet rules(String yaml) {
        RuleSet.Reading reading = RuleSet.read(tree(yaml));
        if (!reading.problems().isEmpty()) {
            throw new AssertionError(reading.problems());
        }
        return Objects.requireNonNull(reading.rules());
    }

    /** One publish rule for odoo with this condition. */
    static RuleSet publishWhen(String condition) {
        return rules("overwrites: { odoo: [ { attribute: publish, when: " + condition
                + ", then: true, otherwise: false } ] }");
    }

    static Decision decide(RuleSet rules) {
        return decide(rules, "odoo");
    }

    static Decision decide(RuleSet rules, String destination) {
        return rules.decide(TestOrders.EVENT, rules.tag(TestOrders.EVENT, TestOrders.ORDER), destination);
    }
}
