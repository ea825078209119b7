package io.waybill.channel;

import io.waybill.channel.Documents.Document;
import io.waybill.rule.RuleSet;
import java.util.Map;
import java.util.TreeMap;

/** Rules that somebody wrote and nobody saved yet, tried on the bundle that serves. */
public final class RuleDrafts {
    private RuleDrafts() {}

    /**
     * The bundle as if these files had been saved.
     *
     * @param drafts by channel, the whole text of its {@code rules/<channel>.yaml}
     * @return every mistake, each at its line, or the bundle
     */
    public static Reading over(Bundle serving, Map<String, String> drafts) {
        Findings findings = new Findings();
        RuleReader reader = new RuleReader(serving.channels().keySet(), findings);
        Map<String, RuleSet> rules = new TreeMap<>();
        drafts.forEach((channel, text) -> YamlReader.read("rules/" + channel + ".yaml", text, findings)
                .map(yaml -> new Document(FileKind.RULES, channel, yaml))
                .ifPresent(document -> {
                    reader.checkSource(document);
                    rules.put(channel, reader.rules(document));
                }));
        return new Reading(findings.refuse() ? null : serving.withRules(rules), findings.sorted());
    }
}
