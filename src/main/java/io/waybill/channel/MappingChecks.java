package io.waybill.channel;

import com.fasterxml.jackson.databind.JsonNode;
import com.schibsted.spt.data.jslt.JsltException;
import io.waybill.channel.Documents.Document;
import io.waybill.channel.mapping.MappingLanguage;
import java.util.regex.Pattern;

/** Compiles every JSLT mapping, and looks whether those that steps name are there: nothing else does before a message needs one. */
final class MappingChecks {
    private static final String OWN = "(sandbox/)?channels/(.+)\\.read-event\\.jslt";

    /** As a bean's method is given it, written out: {@code write(*, 'connectors/shop/create-order.jslt')}. */
    private static final Pattern NAMED = Pattern.compile("'([^'{}$]+\\.jslt)'");

    private final BundleFiles files;
    private final Documents documents;
    private final Findings findings;

    MappingChecks(BundleFiles files, Documents documents, Findings findings) {
        this.files = files;
        this.documents = documents;
        this.findings = findings;
    }

    void run() {
        files.all().keySet().stream()
                .filter(path -> path.endsWith(".jslt") && FileKind.of(path) == FileKind.RESOURCE)
                .forEach(path -> {
                    checkOwner(path);
                    compile(path);
                });
        documents
                .of(FileKind.ROUTE)
                .forEach(document -> checkSteps(document, "", document.yaml().tree()));
    }

    private void checkSteps(Document document, String at, JsonNode node) {
        node.properties()
                .forEach(entry -> checkSteps(document, YamlFile.pointer(at, entry.getKey()), entry.getValue()));
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            checkSteps(document, at + "/" + i, node.get(i));
        }
        if (node.isTextual() && at.endsWith("/method")) {
            NAMED.matcher(node.asText())
                    .results()
                    .map(match -> match.group(1))
                    .filter(path -> !files.has(path))
                    .forEach(path -> missing(document, at, path));
        }
    }

    private void missing(Document document, String at, String path) {
        String folder = path.substring(0, path.lastIndexOf('/') + 1);
        findings.error(
                document.path(),
                document.line(at),
                BundleError.MAPPING_MISSING,
                "there is no mapping " + path,
                Nearest.of(
                                path,
                                files.all().keySet().stream()
                                        .filter(other -> other.startsWith(folder) && other.endsWith(".jslt"))
                                        .toList())
                        .map(near -> "did you mean \"" + near + "\"?")
                        .orElse("write it, or correct the name"));
    }

    private void checkOwner(String path) {
        String name = path.replaceFirst(OWN, "$2");
        if (path.matches(OWN) && !documents.names(FileKind.CHANNEL).contains(name)) {
            findings.error(
                    path,
                    0,
                    BundleError.UNKNOWN_CHANNEL,
                    "there is no channel \"" + name + "\"",
                    Nearest.fix(name, documents.names(FileKind.CHANNEL)));
        }
    }

    private void compile(String path) {
        try {
            MappingLanguage.compile(path, files::text);
        } catch (JsltException e) {
            findings.error(
                    path,
                    Math.max(0, e.getLine()),
                    BundleError.BAD_MAPPING,
                    "not a JSLT mapping: "
                            + e.getMessageWithoutLocation().lines().findFirst().orElse("cannot be read"),
                    "correct it here; the place named is where reading stopped");
        }
    }
}
