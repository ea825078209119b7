package io.waybill.channel;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.waybill.order.ErrorCode;
import io.waybill.order.ErrorKind;
import io.waybill.order.WaybillException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A channel's settings with {@code {{env:NAME}}} and {@code {{file:path}}} replaced by what stands there at this moment: a
 * rotated secret counts from the next use on, without a deployment. Values never reach an exception or a log.
 */
public final class Settings {
    private static final Pattern REFERENCE = Pattern.compile("\\{\\{(env|file):([^{}]+)}}");
    private static final int MAX_SECRET_FILE = 64 * 1024;

    private final Function<String, @Nullable String> environment;

    /** Why a setting has no value. */
    public enum Code implements ErrorCode {
        SETTING_MISSING,
        SETTING_UNRESOLVED;

        @Override
        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        @Override
        public ErrorKind kind() {
            return ErrorKind.DATA;
        }
    }

    public Settings(Function<String, @Nullable String> environment) {
        this.environment = environment;
    }

    /** The process's environment; what the command line set stands beside it as system properties. */
    public static Settings ofProcess() {
        return new Settings(name -> {
            String value = System.getenv(name);
            return value == null && name.startsWith("WAYBILL_") ? System.getProperty(name) : value;
        });
    }

    /** The value, resolved now. A setting that is missing or unresolvable is a {@link WaybillException} that names it. */
    public String resolve(Channel channel, String key) {
        return find(channel, key)
                .orElseThrow(() -> new WaybillException(
                        Code.SETTING_MISSING,
                        "Channel " + channel.name() + " has no setting " + key
                                + ". Add it under settings: in its file."));
    }

    /** Like {@link #resolve}, empty when the channel has no such setting. */
    public Optional<String> find(Channel channel, String key) {
        String own = channel.settings().get(key);
        return own == null ? otherwise(channel, key) : Optional.of(resolved(channel, key, own));
    }

    private static Optional<String> otherwise(Channel channel, String key) {
        return Optional.ofNullable(channel.connector().settings().get(key)).map(Connector.Setting::otherwise);
    }

    private String resolved(Channel channel, String key, String text) {
        return REFERENCE
                .matcher(text)
                .replaceAll(reference -> Matcher.quoteReplacement(value(reference)
                        .orElseThrow(() -> new WaybillException(
                                Code.SETTING_UNRESOLVED,
                                "Setting " + key + " of channel " + channel.name() + " needs " + name(reference)
                                        + ", which is " + (isVariable(reference) ? "not set" : "not readable")
                                        + ". Set it and try again."))));
    }

    /** The text with every reference replaced, or empty when one of them leads nowhere. */
    Optional<String> resolved(String text) {
        return unresolved(text).isEmpty()
                ? Optional.of(REFERENCE
                        .matcher(text)
                        .replaceAll(reference ->
                                Matcher.quoteReplacement(value(reference).orElse(""))))
                : Optional.empty();
    }

    /** The references in the text that lead nowhere, as they are written. */
    Set<String> unresolved(String text) {
        Set<String> names = new LinkedHashSet<>();
        REFERENCE
                .matcher(text)
                .results()
                .filter(reference -> value(reference).isEmpty())
                .forEach(reference -> names.add(reference.group()));
        return names;
    }

    static boolean hasReference(String text) {
        return REFERENCE.matcher(text).find();
    }

    /** True for nothing but references: no part of the secret is written out. */
    static boolean onlyReferences(String text) {
        return hasReference(text) && REFERENCE.matcher(text).replaceAll("").isBlank();
    }

    /** Braces that are no reference of ours. */
    static boolean hasStrangeBraces(String text) {
        String rest = REFERENCE.matcher(text).replaceAll("");
        return rest.contains("{{") || rest.contains("}}");
    }

    private static boolean isVariable(MatchResult reference) {
        return reference.group(1).equals("env");
    }

    private static String name(MatchResult reference) {
        return (isVariable(reference) ? "environment variable " : "file ") + reference.group(2);
    }

    private Optional<String> value(MatchResult reference) {
        String name = reference.group(2).trim();
        return isVariable(reference) ? Optional.ofNullable(environment.apply(name)) : content(name);
    }

    private static Optional<String> content(String file) {
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            return Optional.of(new String(in.readNBytes(MAX_SECRET_FILE), UTF_8).stripTrailing());
        } catch (IOException | InvalidPathException e) {
            return Optional.empty();
        }
    }
}
