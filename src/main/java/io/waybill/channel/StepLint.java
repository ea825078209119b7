package io.waybill.channel;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.channel.Documents.Document;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Walks the steps of one route: each a map under its own dash, expressions spelled out, no scripts, no hosts, no secrets. */
final class StepLint {
    /** Words that are nothing but languages. */
    private static final Set<String> LANGUAGES = Set.of(
            "simple",
            "constant",
            "exchangeProperty",
            "jsonpath",
            "jq",
            "xpath",
            "xquery",
            "tokenize",
            "xtokenize",
            "datasonnet",
            "hl7terser",
            "csimple",
            "groovy",
            "js",
            "joor",
            "mvel",
            "ognl",
            "spel",
            "wasm");
    /** Words that are languages only where an expression may stand. */
    private static final Set<String> WORDS_TOO =
            Set.of("header", "variable", "method", "ref", "language", "java", "python");

    private static final Set<String> SCRIPTS =
            Set.of("groovy", "js", "java", "joor", "python", "csimple", "mvel", "ognl", "spel", "wasm");
    private static final Set<String> EXPRESSION_STEPS = Set.of(
            "setBody",
            "setHeader",
            "setProperty",
            "setVariable",
            "transform",
            "filter",
            "split",
            "when",
            "loop",
            "script",
            "delay",
            "throttle",
            "enrich",
            "pollEnrich",
            "recipientList",
            "routingSlip",
            "dynamicRouter",
            "idempotentConsumer",
            "validate",
            "sort",
            "resequence");
    private static final Set<String> CONTAINERS = Set.of(
            "from",
            "filter",
            "split",
            "loop",
            "doTry",
            "doCatch",
            "doFinally",
            "when",
            "otherwise",
            "multicast",
            "pipeline",
            "circuitBreaker",
            "onFallback",
            "aggregate",
            "idempotentConsumer",
            "loadBalance",
            "step",
            "saga");
    private static final Set<String> OUTBOUND =
            Set.of("to", "toD", "wireTap", "enrich", "pollEnrich", "poll", "recipientList", "kamelet");
    private static final Pattern HOLDER =
            Pattern.compile("onWhen|retryWhile|handled|continued|.*(E|e)xpression|.*Predicate");

    private final Document document;
    private final Findings findings;

    StepLint(Document document, Findings findings) {
        this.document = document;
        this.findings = findings;
    }

    /** @param word the key under which the node stands */
    void walk(String at, JsonNode node, String word) {
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                walk(at + "/" + i, node.get(i), word);
            }
        } else if (node.isObject()) {
            object(at, node, word);
        }
    }

    private void object(String at, JsonNode node, String word) {
        checkSteps(at, node, word);
        checkEndpoint(at, node);
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            String key = entry.getKey();
            String below = YamlFile.pointer(at, key);
            if (HOLDER.matcher(key).matches()) {
                expression(below, entry.getValue());
            } else if (isLanguage(key, word)) {
                error(
                        below,
                        BundleError.ROUTE_SHORTHAND,
                        key + " is written short",
                        "write expression: { " + key + ": { expression: \"…\" } }");
                script(below, key, entry.getValue());
            } else if (!key.equals("parameters")) {
                walk(below, entry.getValue(), key);
            }
        }
    }

    private static boolean isLanguage(String key, String word) {
        return LANGUAGES.contains(key) || EXPRESSION_STEPS.contains(word) && WORDS_TOO.contains(key);
    }

    /** {@code expression: { simple: { expression: "…" } }}; what stands inside a language is its own affair. */
    private void expression(String at, JsonNode holder) {
        if (!holder.isObject()) {
            return;
        }
        JsonNode inner = holder.path("expression").isObject() ? holder.path("expression") : holder;
        String below = inner == holder ? at : at + "/expression";
        for (Map.Entry<String, JsonNode> entry : inner.properties()) {
            String language = YamlFile.pointer(below, entry.getKey());
            script(language, entry.getKey(), entry.getValue());
            if (entry.getValue().isTextual()) {
                error(
                        language,
                        BundleError.ROUTE_SHORTHAND,
                        entry.getKey() + " is written short",
                        "write " + entry.getKey() + ": { expression: \"…\" }");
            }
        }
    }

    private void script(String at, String language, JsonNode value) {
        String name = language.equals("language") ? value.path("language").asText() : language;
        if (SCRIPTS.contains(name)) {
            error(
                    at,
                    BundleError.SCRIPT_IN_ROUTE,
                    "a script in " + name,
                    "move it into a bean with a test, and call that");
        }
    }

    private void checkSteps(String at, JsonNode node, String word) {
        JsonNode steps = node.path("steps");
        if (CONTAINERS.contains(word) && (!steps.isArray() || steps.isEmpty())) {
            error(
                    at,
                    BundleError.ROUTE_STEPS_MISSING,
                    word + " has no steps",
                    "write steps: under it, with at least one step");
        }
        for (int i = 0; steps.isArray() && i < steps.size(); i++) {
            checkStep(at + "/steps/" + i, steps.get(i));
        }
    }

    private void checkStep(String at, JsonNode step) {
        if (!step.isObject() || step.size() != 1) {
            error(
                    at,
                    BundleError.ROUTE_SHAPE,
                    step.isObject() ? "this step has " + step.size() + " keys" : "this step is no map",
                    "give each step a dash of its own and indent what belongs to it");
            return;
        }
        String word = step.fieldNames().next();
        String below = YamlFile.pointer(at, word);
        JsonNode value = step.path(word);
        if (value.isTextual()) {
            error(
                    below,
                    BundleError.ROUTE_SHORTHAND,
                    word + " is written short",
                    "write its keys out, such as to: { id: \"…\", uri: \"…\" }");
            checkEndpoint(below, value);
        } else if (OUTBOUND.contains(word) && !value.path("id").isTextual()) {
            findings.warning(
                    document.path(),
                    document.line(below),
                    BundleError.ROUTE_STEP_ID_MISSING,
                    "the step " + word + " has no id",
                    "write id: so that a test can replace it");
        } else if (CONTAINERS.contains(word) && !value.isContainerNode()) {
            checkSteps(below, value, word);
        }
        if (word.equals("transacted")) {
            error(
                    below,
                    BundleError.ROUTE_TRANSACTED,
                    "a transaction in a route is lost at the next threads or seda step",
                    "call a bean that commits by itself");
        }
    }

    private void checkEndpoint(String at, JsonNode node) {
        Endpoint endpoint = Endpoint.of(node);
        endpoint.host()
                .ifPresent(host -> error(
                        at,
                        BundleError.HOST_IN_ROUTE,
                        "the host " + host + " is written into the route",
                        "make it a setting of the channel, or a {{placeholder}}"));
        endpoint.secret()
                .ifPresent(option -> error(
                        at,
                        BundleError.SECRET_IN_ROUTE,
                        "the secret " + option + " is written into the route",
                        "make it a setting of the channel, and change the secret"));
    }

    private void error(String at, BundleError code, String message, String fix) {
        findings.error(document.path(), document.line(at), code, message, fix);
    }
}
