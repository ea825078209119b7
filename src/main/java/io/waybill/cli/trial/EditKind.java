package io.waybill.cli.trial;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * One way to edit a routes folder, well or badly. Each also writes the number of the edit into the route that tells it, so
 * that a bad edit that got through in part would be seen.
 */
enum EditKind {
    NEW_NUMBER(true),
    NEW_ROUTE(true),
    NEW_CHANNEL(true),
    NEW_RULE(true),
    /** What earlier edits added goes again. */
    DELETED_FILES(true),
    /** A thousand saves in a row; the last one counts. */
    RAPID_SAVES(true),
    /** Refused first, then written to its end. */
    HALF_WRITTEN(true),
    BROKEN_YAML(false),
    EMPTY_FILE(false),
    UNKNOWN_STEP(false),
    UNKNOWN_COMPONENT(false),
    DUPLICATE_ID(false),
    MISSING_BEAN(false),
    MISSING_STEPS(false),
    MISSING_CONSUMER(false),
    MISSING_SOURCE(false),
    BAD_OPTION(false),
    UNKNOWN_CONNECTOR(false),
    UNSET_SECRET(false),
    BAD_RULE(false),
    DELETED_FOLDER(false);

    static final String NUMBER_FILE = "ops/number.camel.yaml";
    static final String RULES = "rules/shop.yaml";
    private static final String BROKEN = "ops/broken.camel.yaml";
    /** Has no divisor in common with the number of kinds, so that the first round meets each. */
    private static final int STRIDE = 8;

    private final boolean valid;

    EditKind(boolean valid) {
        this.valid = valid;
    }

    boolean isValid() {
        return valid;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Each kind once before any comes again; then as many valid ones as others. */
    static EditKind of(int number, Random random) {
        List<EditKind> all = List.of(values());
        if (number <= all.size()) {
            return all.get(number * STRIDE % all.size());
        }
        boolean wanted = random.nextBoolean();
        List<EditKind> some = all.stream().filter(kind -> kind.valid == wanted).toList();
        return some.get(random.nextInt(some.size()));
    }

    /** What it writes, by path. */
    Map<String, String> files(int number) {
        Map<String, String> files = new LinkedHashMap<>();
        files.put(NUMBER_FILE, number(number));
        switch (this) {
            case NEW_NUMBER, DELETED_FILES, RAPID_SAVES, HALF_WRITTEN, DELETED_FOLDER -> {}
            case NEW_ROUTE -> files.put("ops/more-" + number + ".camel.yaml", route("more-" + number, ""));
            case NEW_CHANNEL ->
                files.put("channels/more-" + number + ".yaml", "connector: http\ntitle: More\nrole: marketplace\n");
            case NEW_RULE -> files.put(RULES, rule("[ { attribute: tags, value: T" + number + " } ]"));
            case BROKEN_YAML -> files.put(BROKEN, "- route: [\n");
            case EMPTY_FILE -> files.put(BROKEN, "");
            case UNKNOWN_STEP -> files.put(BROKEN, route("broken", "        - setBodyy: {}\n"));
            case UNKNOWN_COMPONENT -> files.put(BROKEN, route("broken", to("carrierpigeon:home")));
            case DUPLICATE_ID -> files.put(BROKEN, route("torture-number", ""));
            case MISSING_BEAN -> files.put(BROKEN, route("broken", "        - bean:\n            ref: \"nobody\"\n"));
            case MISSING_STEPS ->
                files.put(
                        BROKEN,
                        route(
                                "broken",
                                "        - filter:\n            expression:\n              simple:\n"
                                        + "                expression: \"${body} != null\"\n"));
            case MISSING_CONSUMER -> files.put(BROKEN, route("broken", to("direct:nowhere")));
            case MISSING_SOURCE ->
                files.put(
                        BROKEN,
                        route("broken", "")
                                .replace(
                                        "direct:broken",
                                        "file:no/such/folder?startingDirectoryMustExist=true&autoCreate=false"));
            case BAD_OPTION -> files.put(BROKEN, route("broken", "").replace("direct:broken", "timer:t?period=abc"));
            case UNKNOWN_CONNECTOR ->
                files.put("channels/broken.yaml", "connector: telegraph\ntitle: Broken\nrole: erp\n");
            case UNSET_SECRET ->
                files.put(
                        "channels/broken.yaml",
                        "connector: http\ntitle: Broken\nrole: erp\n"
                                + "settings: { url: \"http://127.0.0.1/\", webhookSecret: \"{{env:WAYBILL_NOT_SET}}\" }\n");
            case BAD_RULE -> files.put(RULES, rule("[ { attribute: colour, value: red } ]"));
        }
        return files;
    }

    /** A route that tells the number of the edit that serves. */
    static String number(int number) {
        return route(
                        "torture-number",
                        "        - setBody:\n            expression:\n              constant:\n"
                                + "                expression: \"" + number + "\"\n")
                .replace("direct:torture-number", "platform-http:/torture/number");
    }

    static String rule(String attributes) {
        return "attributes: " + attributes + "\n";
    }

    private static String to(String uri) {
        return "        - to:\n            uri: \"" + uri + "\"\n";
    }

    private static String route(String id, String steps) {
        return """
                # contract: 1
                - route:
                    id: "%s"
                    routeConfigurationId: "ledger"
                    from:
                      uri: "direct:%s"
                      steps:
                        - log:
                            loggingLevel: "TRACE"
                            message: "torture"
                %s"""
                .formatted(id, id, steps);
    }
}
