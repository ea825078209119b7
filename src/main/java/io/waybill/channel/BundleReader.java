package io.waybill.channel;

import io.waybill.channel.Bundle.RouteFile;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads a snapshot of {@code routes/} whole: into a bundle, or into every mistake at once. Never throws for what a file
 * holds, whatever it is.
 */
public final class BundleReader {
    /** What comes from around the files and not from them. */
    public static final Set<BundleError> SECRET_GONE =
            Set.of(BundleError.VARIABLE_NOT_SET, BundleError.SECRET_FILE_UNREADABLE);

    private final BundleFiles files;
    private final Settings settings;
    private final Findings findings;

    private BundleReader(BundleFiles files, Settings settings, Set<BundleError> mild) {
        this.findings = new Findings(mild);
        this.files = files;
        this.settings = settings;
        findings.addAll(files.findings());
    }

    /** Reads with the environment of this process. */
    public static Reading read(BundleFiles files) {
        return read(files, Settings.ofProcess());
    }

    /** @param settings tells which references to secrets lead somewhere */
    public static Reading read(BundleFiles files, Settings settings) {
        return new BundleReader(files, settings, Set.of()).reading();
    }

    /** What was accepted before is not refused for a secret that is gone meanwhile: that stops its channel, and no other. */
    public static Reading readAgain(BundleFiles files) {
        return new BundleReader(files, Settings.ofProcess(), SECRET_GONE).reading();
    }

    private Reading reading() {
        Documents documents = Documents.read(files, findings);
        Map<String, Connector> connectors = new ConnectorReader(files, findings).read(documents);
        new ChannelChecks(documents, connectors, settings, findings).run();
        Map<String, Channel> channels = new ChannelReader(connectors, findings).read(documents);
        checkContracts();
        new MappingChecks(files, documents, findings).run();
        Set<String> refused = documents.names(FileKind.CHANNEL);
        refused.removeAll(channels.keySet());
        new RouteLint(documents, channels, refused, findings).run();
        StatusMappingReader mappings = new StatusMappingReader(documents.names(FileKind.CHANNEL), findings);
        new RuleTestReader(documents, findings).read();
        Bundle bundle = new Bundle(
                files.hash(),
                connectors,
                channels,
                routeFiles(),
                mappings.read(documents),
                mappings.skus(documents),
                resources(),
                new RuleReader(documents.names(FileKind.CHANNEL), findings).read(documents));
        return new Reading(findings.refuse() ? null : bundle, findings.sorted());
    }

    /** Only files of the folder that differ from the shipped ones can be out of step with the program. */
    private void checkContracts() {
        files.own().forEach((path, content) -> {
            if (FileKind.of(path) == FileKind.ROUTE && !Arrays.equals(content, ShippedFiles.ALL.get(path))) {
                files.text(path).ifPresent(text -> RouteFileLint.checkContract(path, text, findings));
            }
        });
    }

    private List<RouteFile> routeFiles() {
        return files.all().keySet().stream()
                .filter(path -> FileKind.of(path) == FileKind.ROUTE)
                .flatMap(path -> files.text(path).map(text -> new RouteFile(path, text)).stream())
                .toList();
    }

    private Map<String, String> resources() {
        Map<String, String> texts = new TreeMap<>();
        for (String path : files.all().keySet()) {
            if (FileKind.of(path) == FileKind.RESOURCE) {
                files.text(path).ifPresent(text -> texts.put(path, text));
            }
        }
        return texts;
    }
}
