package io.waybill.cli.proof;

import io.waybill.channel.BundleFiles;
import io.waybill.channel.Finding;
import io.waybill.channel.RuleTest;
import io.waybill.channel.RuleTests;
import java.util.ArrayList;
import java.util.List;

/** Runs every case of a folder: rules first, then samples, by file and line. */
public final class FolderProof {
    private FolderProof() {}

    /** A file of rules or tests that cannot be read is a case that failed. */
    public static List<Proof> run(BundleFiles files) {
        List<Proof> proofs = new ArrayList<>();
        RuleTests tests = RuleTests.read(files);
        tests.findings().stream().filter(Finding::refuses).forEach(finding -> proofs.add(unreadable(finding)));
        for (RuleTest test : tests.tests()) {
            proofs.add(new RuleProof(test, tests.rulesOf(test.channel())).run());
        }
        proofs.addAll(new SampleProofs(files).run());
        return proofs;
    }

    private static Proof unreadable(Finding finding) {
        String message = finding.message() + " Fix: " + finding.fix() + " [" + finding.code() + "]";
        return new Proof(
                finding.file(), finding.line(), "can be read", List.of(new Proof.Problem(finding.line(), message)));
    }
}
