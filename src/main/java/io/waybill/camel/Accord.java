package io.waybill.camel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.waybill.channel.BundleArchive;
import io.waybill.channel.BundleFiles;
import io.waybill.channel.FileChange;
import io.waybill.channel.Finding;
import io.waybill.ledger.DeploymentLog;
import io.waybill.ledger.DeploymentLog.Accepted;
import io.waybill.ledger.Nodes;
import io.waybill.ledger.Proposals;
import io.waybill.order.EventJson;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * What all servers on one database agreed upon, and how they agree on the next version: it is put before every live server,
 * each checks it on its own machine, and one objection or one silence refuses it for all.
 */
final class Accord {
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private final DeploymentLog log;
    private final Nodes nodes;
    private final Proposals proposals;
    private final Duration patience;

    /** @param patience how long live servers may take to check a version */
    Accord(DeploymentLog log, Nodes nodes, Proposals proposals, Duration patience) {
        this.log = log;
        this.nodes = nodes;
        this.proposals = proposals;
        this.patience = patience;
    }

    Nodes nodes() {
        return nodes;
    }

    Proposals proposals() {
        return proposals;
    }

    DeploymentLog log() {
        return log;
    }

    /** Empty when its files are kept no more. */
    Optional<SortedMap<String, byte[]>> files(String bundle) {
        return log.files(bundle).map(BundleArchive::unpack);
    }

    /**
     * What the others say.
     *
     * @param proposal stays open until the version is accepted or refused; empty when nobody else is there
     * @param objections empty when all agree
     */
    record Answer(OptionalLong proposal, List<Finding> objections) {
        static final Answer ALONE = new Answer(OptionalLong.empty(), List.of());
    }

    /** @param meanwhile called while the others are busy with a version of their own, which may need this server's answer */
    Answer ask(BundleFiles files, Runnable meanwhile) {
        if (nodes.alive().stream().allMatch(nodes.name()::equals)) {
            return Answer.ALONE;
        }
        byte[] packed = BundleArchive.pack(files.own());
        long until = System.nanoTime() + 2 * patience.toNanos();
        while (System.nanoTime() < until) {
            OptionalLong proposal = proposals.open(files.ownHash(), packed, patience);
            if (proposal.isPresent()) {
                return answer(proposal.getAsLong());
            }
            meanwhile.run();
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
        return new Answer(
                OptionalLong.empty(),
                List.of(objection(
                        "deployment-busy", "other servers are deploying one version after another", "Reload later.")));
    }

    private Answer answer(long proposal) {
        while (true) {
            Proposals.Count count = proposals.count(proposal);
            List<Finding> objections = count.votes().stream()
                    .flatMap(vote -> findings(vote.findings()).stream().map(finding -> by(vote.node(), finding)))
                    .toList();
            if (objections.isEmpty() && count.over() && !count.missing().isEmpty()) {
                objections = count.missing().stream().map(this::silent).toList();
            }
            if (!objections.isEmpty() || count.missing().isEmpty()) {
                return new Answer(OptionalLong.of(proposal), objections);
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }

    private static Finding by(String node, Finding finding) {
        return new Finding(
                finding.file(), finding.line(), finding.code(), "on " + node + ": " + finding.message(), finding.fix());
    }

    private Finding silent(String node) {
        return objection(
                "server-silent",
                "the server " + node + " did not check it within " + patience.toSeconds() + " s",
                "Look at that server, or stop it; then reload.");
    }

    private static Finding objection(String code, String message, String fix) {
        return new Finding("", 0, code, message, fix);
    }

    void refuse(Answer answer) {
        answer.proposal().ifPresent(proposals::refuse);
    }

    /** From now on every server is to serve it. */
    Accepted accept(BundleFiles files, Author author, @Nullable Long restores) {
        SortedMap<String, byte[]> before =
                log.newest().flatMap(newest -> files(newest.bundle())).orElseGet(TreeMap::new);
        return log.accept(new DeploymentLog.Entry(
                files.ownHash(),
                BundleArchive.pack(files.own()),
                files.hash(),
                author.by(),
                author.via().word(),
                nodes.name(),
                restores,
                json(FileChange.between(before, files.own()))));
    }

    void vote(long proposal, List<Finding> findings) {
        proposals.answer(proposal, json(findings));
    }

    static String json(Object value) {
        try {
            return EventJson.MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("records can be written", e);
        }
    }

    private static List<Finding> findings(String json) {
        return read(json, new TypeReference<>() {});
    }

    static <T> T read(String json, TypeReference<T> type) {
        try {
            return EventJson.MAPPER.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what we wrote can be read", e);
        }
    }
}
