package io.waybill.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.cli.trial.DeployReport;
import io.waybill.cli.trial.DeployTorture;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** {@code waybill torture deployments}. A failure keeps the folder: routes, ledger and log of the server. */
class DeployTortureIT {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @Test
    void servesTheNewestValidEditUnderLoad() throws InterruptedException {
        DeployReport report = torture(50);
        assertThat(report.edits()).isEqualTo(50);
        assertThat(report.refused()).isGreaterThan(20);
        assertThat(report.orders()).isPositive();
    }

    @Test
    @Tag("full")
    void servesTheNewestValidEditUnderLoadForLong() throws InterruptedException {
        assertThat(torture(500).edits()).isEqualTo(500);
    }

    private DeployReport torture(int edits) throws InterruptedException {
        DeployReport report = new DeployTorture(new DeployTorture.Plan(edits, 40, 20261122, PATIENCE), folder).run();
        System.out.println(report);
        assertThat(report.isPerfect()).as(report.toString()).isTrue();
        return report;
    }
}
