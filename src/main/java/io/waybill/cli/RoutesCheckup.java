package io.waybill.cli;

import io.waybill.channel.BundleFiles;
import io.waybill.channel.BundleReader;
import io.waybill.channel.Reading;
import java.nio.file.Files;
import java.nio.file.Path;

/** The routes folder, as lint sees it. */
final class RoutesCheckup {
    private static final String SUBJECT = "routes";

    private final Path routes;
    private final boolean sandbox;

    RoutesCheckup(Environment environment) {
        this.routes = environment.path("WAYBILL_ROUTES");
        this.sandbox = Boolean.parseBoolean(environment.get("WAYBILL_SANDBOX"));
    }

    Diagnosis diagnosis() {
        if (!Files.isReadable(routes)) {
            return Diagnosis.doubtful(
                    SUBJECT, routes + " is not there or not readable: only what is shipped would run");
        }
        Reading reading = BundleReader.read(BundleFiles.of(routes, sandbox));
        int errors = reading.errors().size();
        return errors == 0
                ? Diagnosis.fine(SUBJECT, routes + " has no mistakes")
                : Diagnosis.doubtful(SUBJECT, routes + " has " + errors + " mistakes. See them with: waybill lint");
    }
}
