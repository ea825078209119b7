package io.waybill.channel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** All YAML of a snapshot, parsed and held against its schemas. */
final class Documents {
    private final BundleFiles files;
    private final List<Document> all;

    /** @param name the part of the path that names the thing, such as the channel's name */
    record Document(FileKind kind, String name, YamlFile yaml) {
        String path() {
            return yaml.path();
        }

        int line(String pointer) {
            return yaml.line(pointer);
        }

        boolean isSandbox() {
            return path().startsWith("sandbox/");
        }
    }

    private Documents(BundleFiles files, List<Document> all) {
        this.files = files;
        this.all = all;
    }

    static Documents read(BundleFiles files, Findings findings) {
        List<Document> documents = new ArrayList<>();
        for (String path : files.all().keySet()) {
            FileKind kind = FileKind.of(path);
            if (kind == FileKind.SAMPLE) {
                continue;
            }
            if (files.text(path).isEmpty()) {
                findings.error(path, 0, BundleError.NOT_UTF8, "the file is not UTF-8 text", "save it as UTF-8");
                continue;
            }
            if (kind == FileKind.UNKNOWN_YAML) {
                unknown(path, findings);
            } else if (kind != FileKind.RESOURCE) {
                YamlReader.read(path, files.text(path).orElseThrow(), findings)
                        .ifPresent(yaml -> documents.add(checked(kind, yaml, findings)));
            }
        }
        return new Documents(files, documents);
    }

    List<Document> of(FileKind kind) {
        return all.stream().filter(document -> document.kind() == kind).toList();
    }

    /** By the name in the path; of two with one name the first counts. */
    Map<String, Document> byName(FileKind kind) {
        Map<String, Document> documents = new TreeMap<>();
        of(kind).forEach(document -> documents.putIfAbsent(document.name(), document));
        return documents;
    }

    /** The names of all files of a kind, of those too that cannot be read: no second finding is made of that. */
    SortedSet<String> names(FileKind kind) {
        return files.all().keySet().stream()
                .filter(path -> FileKind.of(path) == kind)
                .map(kind::nameOf)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Document checked(FileKind kind, YamlFile yaml, Findings findings) {
        kind.schema().ifPresent(schema -> Schemas.check(schema, yaml, findings));
        return new Document(kind, kind.nameOf(yaml.path()), yaml);
    }

    private static void unknown(String path, Findings findings) {
        findings.warning(
                path,
                0,
                BundleError.UNKNOWN_FILE,
                "nothing reads this file",
                path.endsWith(".yml")
                        ? "name it .yaml"
                        : "routes end in .camel.yaml; channels, rules and statuses lie in folders of that name");
    }
}
