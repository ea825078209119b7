package io.waybill.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.cli.trial.Torture;
import io.waybill.cli.trial.TortureReport;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** {@code waybill torture}, small. A failure keeps the folder: routes, ledger and log of the server. */
class CrashIT {
    private static final Torture.Plan SMALL = new Torture.Plan(300, 3, 150, 20261122, Duration.ofSeconds(90));

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @Test
    void losesNothingAndCreatesNothingTwiceWhenKilledUnderLoad() throws InterruptedException {
        TortureReport report = new Torture(SMALL, folder).run();
        System.out.println(report);
        assertThat(report.kills()).isEqualTo(3);
        assertThat(report.faults()).as("destinations really failed").isGreaterThan(30);
        assertThat(report.isPerfect()).as(report.toString()).isTrue();
    }
}
