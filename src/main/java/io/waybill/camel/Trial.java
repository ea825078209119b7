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

/** Whether files can serve here: read, checked and built beside what serves. */
final class Trial {
    private final Generations generations;

    Trial(Generations generations) {
        this.generations = generations;
    }

    Prepared of(BundleFiles files) throws RefusedRoutes {
        Reading reading = BundleReader.read(files);
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
