package io.waybill.camel;

import io.waybill.channel.Finding;
import java.util.Locale;

/** What can be wrong with a route file. The name, in kebab-case, is the code of the finding and never changes. */
enum RouteMistake {
    INVALID_YAML("Compare with a neighbouring file: two spaces a level, a space after every colon and dash."),
    EMPTY_FILE("Write a route into it, or delete the file."),
    DUPLICATE_KEY("Keep one of them."),
    UNKNOWN_STEP("Look the name up in the Camel YAML DSL reference; names are camelCase."),
    INVALID_ROUTE("Correct it; the Camel YAML DSL reference lists what may stand here."),
    NOT_CANONICAL("Write '- route:' with an 'id', and 'from:' below it."),
    MISSING_ID("Give it an 'id': file name and purpose, such as 'orders-nightly-export'."),
    MISSING_STEPS("Put what it applies to under its own 'steps:'; without it Camel swallows the steps that follow."),
    MISSING_URI("Name the endpoint: uri: \"direct:name\"."),
    ERROR_HANDLER_LEAKS("Use a routeConfiguration with an id, and name it in the route's 'routeConfigurationId'."),
    TRANSACTED_REFUSED("Leave it out: the commit is one call into the ledger, which has a transaction of its own."),
    DUPLICATE_ID("Rename one of them."),
    UNKNOWN_ROUTE_CONFIGURATION("Use the id of a routeConfiguration that is there."),
    DUPLICATE_CONSUMER("Two routes cannot consume from one endpoint: rename one of them."),
    NO_CONSUMER("Add the route that consumes from it, or correct the name."),
    UNKNOWN_COMPONENT("Use one of the components that Waybill ships with."),
    MISSING_TEMPLATE("Define a routeTemplate with exactly this id in that file."),
    RESERVED_PATH("Choose another path: this one is Waybill's own."),
    INVALID_OPTION("Correct the value of the option."),
    INVALID_CRON("Correct the cron expression: seconds minutes hours day-of-month month day-of-week."),
    CANNOT_START("Correct the named part of the route.");

    private final String fix;

    RouteMistake(String fix) {
        this.fix = fix;
    }

    Finding at(String file, int line, String message) {
        return at(file, line, message, fix);
    }

    Finding at(String file, int line, String message, String betterFix) {
        return new Finding(file, line, name().toLowerCase(Locale.ROOT).replace('_', '-'), message, betterFix);
    }
}
