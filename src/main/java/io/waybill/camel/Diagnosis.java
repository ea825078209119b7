package io.waybill.camel;

import io.waybill.channel.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.FailedToStartRouteException;
import org.apache.camel.NoSuchBeanException;
import org.apache.camel.NoSuchLanguageException;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.dsl.yaml.common.exception.UnknownNodeIdException;
import org.apache.camel.dsl.yaml.common.exception.UnsupportedFieldException;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/** Turns what Camel threw into file, line and a sentence. Camel names routes and endpoints, rarely files, never right lines. */
final class Diagnosis {
    private static final Pattern QUOTED =
            Pattern.compile("'([^']{2,80})'|\"([^\"]{2,80})\"|\\{\\{([^}]{1,80})}}|: ([\\w-]{3,60})");
    private static final int LONGEST_MESSAGE = 300;

    private final RouteFiles files;

    Diagnosis(RouteFiles files) {
        this.files = files;
    }

    /** While one file was read. */
    static Finding ofLoading(String file, Exception thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof MarkedYamlEngineException marked) {
                int line =
                        marked.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
                return mistake(marked).at(file, line, firstLine(marked.getProblem()));
            }
        }
        return RouteMistake.INVALID_ROUTE.at(file, 0, sentence(thrown));
    }

    private static RouteMistake mistake(MarkedYamlEngineException thrown) {
        return thrown instanceof UnsupportedFieldException || thrown instanceof UnknownNodeIdException
                ? RouteMistake.UNKNOWN_STEP
                : RouteMistake.INVALID_ROUTE;
    }

    /** While the routes were made or started. */
    Finding ofStarting(Exception thrown) {
        String message = sentence(thrown);
        Optional<RouteFiles.Place> place = routeId(thrown).flatMap(files::placeOf);
        return place.map(p -> RouteMistake.CANNOT_START.at(
                        p.file(), p.outline().lineOf(p.definition(), words(thrown)), message))
                .orElseGet(() -> RouteMistake.CANNOT_START.at("", 0, message));
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

    private static List<String> words(Throwable thrown) {
        List<String> words = new ArrayList<>();
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof ResolveEndpointFailedException endpoint) {
                words.add(endpoint.getUri().split("[?]", 2)[0].replace("://", ":"));
            } else if (cause instanceof NoSuchBeanException bean) {
                words.add(bean.getName());
            } else if (cause instanceof NoSuchLanguageException language) {
                words.add(language.getLanguage());
            }
        }
        words.addAll(0, quoted(root(thrown)));
        return words;
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
