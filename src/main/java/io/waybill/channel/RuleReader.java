package io.waybill.channel;

import io.waybill.channel.Documents.Document;
import io.waybill.rule.RuleProblem;
import io.waybill.rule.RuleSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Compiles {@code rules/<channel>.yaml}; what the rules find wrong gets its file and line here. */
final class RuleReader {
    private final Set<String> channels;
    private final Findings findings;

    RuleReader(Set<String> channels, Findings findings) {
        this.channels = channels;
        this.findings = findings;
    }

    Map<String, RuleSet> read(Documents documents) {
        Map<String, RuleSet> rules = new TreeMap<>();
        for (Document document : documents.of(FileKind.RULES)) {
            checkSource(document);
            if (rules.containsKey(document.name())) {
                findings.error(
                        document.path(),
                        0,
                        BundleError.DUPLICATE_CHANNEL,
                        "channel \"" + document.name() + "\" has rules in another file too",
                        "put them together in one file");
            }
            rules.put(document.name(), rules(document));
        }
        documents.of(FileKind.RULE_TESTS).forEach(this::checkSource);
        return rules;
    }

    /** None when there are findings. */
    RuleSet rules(Document document) {
        checkDestinations(document);
        RuleSet.Reading reading = RuleSet.read(document.yaml().tree());
        reading.problems().forEach(problem -> tell(document, problem));
        return reading.rules() == null ? RuleSet.EMPTY : reading.rules();
    }

    void checkSource(Document document) {
        if (!channels.contains(document.name())) {
            findings.error(
                    document.path(),
                    0,
                    BundleError.UNKNOWN_CHANNEL,
                    "there is no channel \"" + document.name() + "\"",
                    "name the file after the channel whose events it is for; "
                            + Nearest.fix(document.name(), channels));
        }
    }

    private void checkDestinations(Document document) {
        document.yaml().tree().path("overwrites").fieldNames().forEachRemaining(name -> {
            if (!channels.contains(name)) {
                findings.error(
                        document.path(),
                        document.line(YamlFile.pointer("/overwrites", name)),
                        BundleError.UNKNOWN_CHANNEL,
                        "there is no channel \"" + name + "\"",
                        Nearest.fix(name, channels));
            }
        });
    }

    private void tell(Document document, RuleProblem problem) {
        findings.add(new Finding(
                document.path(),
                document.line(problem.jsonPointer()),
                problem.code(),
                problem.message(),
                problem.fix()));
    }
}
