package io.waybill.camel;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.parser.CronParser;
import io.waybill.channel.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.catalog.CamelCatalog;
import org.apache.camel.catalog.EndpointValidationResult;
import org.apache.camel.component.quartz.QuartzEndpoint;
import org.jspecify.annotations.Nullable;

/** Checks the options of live endpoints that Camel itself accepts and then trips over ({@code timer:x?period=abc}). */
final class EndpointOptions {
    private final CamelCatalog catalog;

    EndpointOptions(CamelCatalog catalog) {
        this.catalog = catalog;
    }

    List<Finding> check(CamelContext context, RouteFiles files) {
        List<Finding> findings = new ArrayList<>();
        for (Endpoint endpoint : context.getEndpoints()) {
            problems(endpoint).forEach(problem -> findings.add(problem.in(files, endpoint)));
        }
        dynamicSchemes(context, files, findings);
        return findings;
    }

    private record Problem(RouteMistake mistake, String message) {
        Finding in(RouteFiles files, Endpoint endpoint) {
            return files.findingAt(endpoint.getEndpointUri(), mistake, message)
                    .orElseGet(() -> mistake.at("", 0, endpoint.getEndpointBaseUri() + ": " + message));
        }
    }

    private List<Problem> problems(Endpoint endpoint) {
        if (endpoint instanceof QuartzEndpoint quartz && quartz.getCron() != null) {
            String problem = cronProblem(quartz.getCron());
            return problem == null ? List.of() : List.of(new Problem(RouteMistake.INVALID_CRON, problem));
        }
        EndpointValidationResult result = catalog.validateEndpointProperties(endpoint.getEndpointUri(), true);
        return Stream.of(
                        wrong(result.getInvalidInteger(), "a whole number"),
                        wrong(result.getInvalidNumber(), "a number"),
                        wrong(result.getInvalidBoolean(), "true or false"),
                        wrong(result.getInvalidDuration(), "a duration such as 5s"),
                        wrong(result.getInvalidEnum(), "one of its choices"))
                .flatMap(List::stream)
                .toList();
    }

    private static List<Problem> wrong(@Nullable Map<String, String> options, String expected) {
        if (options == null) {
            return List.of();
        }
        return options.entrySet().stream()
                .map(option -> new Problem(
                        RouteMistake.INVALID_OPTION,
                        "'" + option.getValue() + "' is not " + expected + ", which '" + option.getKey() + "' needs"))
                .toList();
    }

    /** Quartz itself takes hour 99 for some hour. */
    private static @Nullable String cronProblem(String cron) {
        try {
            new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.QUARTZ))
                    .parse(cron)
                    .validate();
            return null;
        } catch (IllegalArgumentException e) {
            return "'" + cron + "' is not a cron expression: " + e.getMessage();
        }
    }

    /** A toD is resolved when a message comes by; the component in front of the colon is known before. */
    private static void dynamicSchemes(CamelContext context, RouteFiles files, List<Finding> findings) {
        files.outlines().forEach(outline -> outline.endpoints().stream()
                .filter(endpoint -> !endpoint.consumed())
                .filter(endpoint -> endpoint.scheme().matches("[a-z][a-zA-Z0-9+.-]*"))
                .filter(endpoint -> context.getComponent(endpoint.scheme(), true, false) == null)
                .forEach(endpoint -> findings.add(RouteMistake.UNKNOWN_COMPONENT.at(
                        outline.file(), endpoint.line(), "there is no component '" + endpoint.scheme() + "'"))));
    }
}
