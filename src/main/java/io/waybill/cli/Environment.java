package io.waybill.cli;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The settings of this run: option before environment variable before default. */
final class Environment {
    private final Map<String, Setting> settings = new HashMap<>();
    private final Map<String, String> variables;
    private final Map<String, String> options = new HashMap<>();

    Environment(List<Setting> settings, Map<String, String> variables) {
        settings.forEach(setting -> this.settings.put(setting.variable(), setting));
        this.variables = Map.copyOf(variables);
    }

    void option(String variable, String value) {
        options.put(variable, value);
    }

    /** What was given on the command line, by variable name. */
    Map<String, Object> options() {
        return Map.copyOf(options);
    }

    String get(String variable) {
        Setting setting = settings.get(variable);
        if (setting == null) {
            throw new IllegalArgumentException("no setting " + variable + " in application.yaml");
        }
        return options.getOrDefault(variable, variables.getOrDefault(variable, setting.defaultValue()));
    }

    /** Lets channel files refer to these by {@code {{env:…}}} also when they were given as options or left at their default. */
    void publish(String... variables) {
        for (String variable : variables) {
            System.setProperty(variable, get(variable));
        }
    }

    Path path(String variable) {
        return Path.of(get(variable)).toAbsolutePath().normalize();
    }
}
