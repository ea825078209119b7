package io.waybill.camel;

import io.waybill.camel.Generations.Prepared;
import io.waybill.channel.Bundle;
import io.waybill.channel.BundleFiles;
import io.waybill.channel.BundleReader;
import io.waybill.channel.Finding;
import io.waybill.channel.Reading;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether files can serve here: read, checked and built beside what serves. */
final class Trial {
    private static final Logger log = LoggerFactory.getLogger(Trial.class);

    private final Generations generations;

    Trial(Generations generations) {
        this.generations = generations;
    }

    Prepared of(BundleFiles files) throws RefusedRoutes {
        return of(files, BundleReader.read(files));
    }

    /** Of files that were accepted before: a secret that is gone meanwhile stops its channel only. */
    Prepared again(BundleFiles files) throws RefusedRoutes {
        Reading reading = BundleReader.readAgain(files);
        Prepared prepared = of(files, reading);
        reading.findings().stream()
                .filter(finding -> BundleReader.SECRET_GONE.stream()
                        .anyMatch(code -> code.code().equals(finding.code())))
                .forEach(finding -> log.atWarn()
                        .addKeyValue("finding", finding)
                        .log("A channel lacks a secret; it goes on once that is set"));
        return prepared;
    }

    private Prepared of(BundleFiles files, Reading reading) throws RefusedRoutes {
        Bundle bundle = reading.bundle();
        if (bundle == null) {
            throw new RefusedRoutes(withRouteFiles(files, reading.errors()));
        }
        return generations.prepare(bundle);
    }

    /** A mistake in a channel's file must not hide those in routes. */
    private static List<Finding> withRouteFiles(BundleFiles files, List<Finding> errors) {
        Set<String> told = errors.stream().map(Finding::file).collect(Collectors.toSet());
        Stream<Finding> more = files.all().keySet().stream()
                .filter(path -> path.endsWith(".camel.yaml") && !told.contains(path))
                .flatMap(path -> files.text(path).stream().map(text -> new Bundle.RouteFile(path, text)))
                .flatMap(file -> RouteOutline.of(file).findings().stream());
        return Stream.concat(errors.stream(), more).sorted().toList();
    }
}
