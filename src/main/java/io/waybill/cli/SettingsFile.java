package io.waybill.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the settings off {@code application.yaml}, the one place that lists them: each {@code ${WAYBILL_…:default}} with the
 * comment above it. So commands that start no Spring have the same settings and defaults as the server.
 */
final class SettingsFile {
    private static final Pattern SETTING = Pattern.compile("\\$\\{(" + Setting.PREFIX + "[A-Z0-9_]+):([^}]*)}");

    private SettingsFile() {}

    static List<Setting> read() {
        try (InputStream in = SettingsFile.class.getResourceAsStream("/application.yaml")) {
            return parse(new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first mention of a variable defines it. */
    static List<Setting> parse(String yaml) {
        Map<String, Setting> settings = new LinkedHashMap<>();
        StringBuilder comment = new StringBuilder();
        for (String line : yaml.lines().map(String::strip).toList()) {
            if (line.startsWith("#")) {
                comment.append(comment.isEmpty() ? "" : " ")
                        .append(line.substring(1).strip());
            } else {
                collect(line, comment.toString(), settings);
                comment.setLength(0);
            }
        }
        return List.copyOf(settings.values());
    }

    private static void collect(String line, String comment, Map<String, Setting> settings) {
        Matcher matcher = SETTING.matcher(line);
        if (matcher.find()) {
            settings.putIfAbsent(matcher.group(1), new Setting(matcher.group(1), matcher.group(2), comment));
        }
    }
}
