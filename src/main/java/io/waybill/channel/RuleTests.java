package io.waybill.channel;

import io.waybill.rule.RuleSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The rules of a folder and the tests beside them. Needs no secrets and no environment: what else is wrong with the folder is
 * left to {@link BundleReader}.
 *
 * @param findings every mistake in the files of rules and of tests; the tests of a file that has one, or of rules that have one, are left out
 */
public record RuleTests(List<RuleTest> tests, Map<String, RuleSet> rules, List<Finding> findings) {
    private static final Set<FileKind> KINDS = Set.of(FileKind.RULES, FileKind.RULE_TESTS);

    public RuleTests {
        tests = List.copyOf(tests);
        rules = Map.copyOf(rules);
        findings = List.copyOf(findings);
    }

    public static RuleTests read(BundleFiles files) {
        Findings all = new Findings();
        Documents documents = Documents.read(files, all);
        Map<String, RuleSet> rules = new RuleReader(documents.names(FileKind.CHANNEL), all).read(documents);
        List<RuleTest> tests = new RuleTestReader(documents, all).read();
        return new RuleTests(
                tests.stream()
                        .filter(test -> !all.refuse(test.file().replace(".test.yaml", ".yaml")))
                        .toList(),
                rules,
                all.sorted().stream()
                        .filter(finding -> KINDS.contains(FileKind.of(finding.file())))
                        .toList());
    }

    public RuleSet rulesOf(String channel) {
        return rules.getOrDefault(channel, RuleSet.EMPTY);
    }
}
