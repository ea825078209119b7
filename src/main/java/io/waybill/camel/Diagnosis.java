package io.waybill.camel;

import io.waybill.channel.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.ExpressionIllegalSyntaxException;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.FailedToStartRouteException;
import org.apache.camel.NoSuchBeanException;
import org.apache.camel.NoSuchLanguageException;
import org.apache.camel.NoTypeConversionAvailableException;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.dsl.yaml.common.exception.UnknownNodeIdException;
import org.apache.camel.dsl.yaml.common.exception.UnsupportedFieldException;
import org.jspecify.annotations.Nullable;
import org.quartz.SchedulerException;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/** Turns what Camel threw into file, line and a sentence. Camel names routes and endpoints, rarely files, never right lines. */
final class Diagnosis {
    private static final Pattern QUOTED = Pattern.compile(
            "'([^']{2,80})'|\"([^\"]{2,80})\"|\\{\\{([^}]{1,80})}}|: ([\\w-]{3,60})| id ([\\w-]{1,60})");
    private static final Pattern STEP = Pattern.compile(">>> (.*?) <<<", Pattern.DOTALL);
    private static final int LONGEST_MESSAGE = 300;

    private final RouteFiles files;

    Diagnosis(RouteFiles files) {
        this.files = files;
    }

    /** While one file was read. */
    Finding ofLoading(String file, Exception thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof MarkedYamlEngineException marked) {
                int line =
                        marked.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
                return mistake(marked).at(file, line, firstLine(marked.getProblem()));
            }
        }
        int line = files.outline(file)
                .map(outline -> outline.lineOf(words(thrown)))
                .orElse(0);
        return RouteMistake.INVALID_ROUTE.at(file, line, sentence(thrown));
    }

    private static RouteMistake mistake(MarkedYamlEngineException thrown) {
        return thrown instanceof UnsupportedFieldException || thrown instanceof UnknownNodeIdException
                ? RouteMistake.UNKNOWN_STEP
                : RouteMistake.INVALID_ROUTE;
    }

    /** While the routes were made or started. */
    Finding ofStarting(Exception thrown) {
        String message = sentence(thrown);
        RouteMistake mistake =
                root(thrown) instanceof SchedulerException ? RouteMistake.INVALID_CRON : RouteMistake.CANNOT_START;
        return routeId(thrown)
                .flatMap(files::placeOf)
                .map(place -> mistake.at(place.file(), line(place, thrown), message))
                .orElseGet(() -> mistake.at("", 0, message));
    }

    private static int line(RouteFiles.Place place, Exception thrown) {
        boolean atTheSource = startFailed(thrown);
        int fallback = atTheSource
                ? place.outline().sourceLine(place.definition())
                : place.definition().line();
        return place.outline().lineOf(place.definition(), words(thrown), fallback);
    }

    private static boolean startFailed(Throwable thrown) {
        return causes(thrown).anyMatch(c -> c instanceof FailedToStartRouteException || c instanceof RouteCannotStart);
    }

    private static Stream<Throwable> causes(Throwable thrown) {
        return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause);
    }

    static Optional<String> routeId(Throwable thrown) {
        String found = null;
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            String id = ownRouteId(cause);
            found = id == null ? found : id;
        }
        return Optional.ofNullable(found);
    }

    private static @Nullable String ownRouteId(Throwable thrown) {
        if (thrown instanceof RouteCannotStart start) {
            return start.routeId();
        }
        if (thrown instanceof FailedToCreateRouteException create) {
            return create.getRouteId();
        }
        return thrown instanceof FailedToStartRouteException start ? start.getRouteId() : null;
    }

    /** What in the file the exception may be about, most telling first. */
    private static List<String> words(Throwable thrown) {
        List<String> words = new ArrayList<>(quoted(root(thrown)));
        causes(thrown).forEach(cause -> words.addAll(named(cause)));
        causes(thrown).forEach(cause -> words.addAll(step(cause)));
        return words;
    }

    private static List<String> named(Throwable thrown) {
        if (thrown instanceof ResolveEndpointFailedException endpoint) {
            return List.of(endpoint.getUri().split("[?]", 2)[0].replace("://", ":"));
        }
        if (thrown instanceof NoSuchBeanException bean) {
            return List.of(bean.getName());
        }
        if (thrown instanceof NoTypeConversionAvailableException conversion) {
            return List.of(String.valueOf(conversion.getValue()));
        }
        if (thrown instanceof ExpressionIllegalSyntaxException expression) {
            return List.of(expression.getExpression());
        }
        return thrown instanceof NoSuchLanguageException language ? List.of(language.getLanguage()) : List.of();
    }

    /** Camel prints the step it was making between arrows. */
    private static List<String> step(Throwable thrown) {
        Matcher matcher = STEP.matcher(String.valueOf(thrown.getMessage()));
        return matcher.find()
                ? Stream.of(matcher.group(1).split("[\\[\\]{}]+"))
                        .skip(1)
                        .filter(word -> word.length() > 2)
                        .toList()
                : List.of();
    }

    private static List<String> quoted(Throwable thrown) {
        List<String> words = new ArrayList<>();
        Matcher matcher = QUOTED.matcher(String.valueOf(thrown.getMessage()));
        while (matcher.find()) {
            for (int group = 1; group <= matcher.groupCount(); group++) {
                if (matcher.group(group) != null) {
                    words.add(matcher.group(group));
                }
            }
        }
        return words;
    }

    private static String sentence(Throwable thrown) {
        Throwable root = root(thrown);
        String message = firstLine(String.valueOf(root.getMessage()));
        return message.equals("null") ? root.getClass().getSimpleName() : message;
    }

    private static Throwable root(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root;
    }

    private static String firstLine(String message) {
        String line = message.strip().lines().findFirst().orElse("");
        return line.length() > LONGEST_MESSAGE ? line.substring(0, LONGEST_MESSAGE) + "…" : line;
    }
}
