package io.waybill.channel;

import com.schibsted.spt.data.jslt.JsltException;
import io.waybill.channel.mapping.MappingLanguage;
import java.util.regex.Pattern;

/** Compiles every JSLT mapping, since nothing else does before the first message needs it. */
final class MappingChecks {
    private static final String OWN = "(sandbox/)?channels/(.+)\\.read-event\\.jslt";

    private static final Pattern LINE = Pattern.compile("line (\\d{1,6})");

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
