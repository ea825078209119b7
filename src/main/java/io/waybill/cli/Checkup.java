package io.waybill.cli;

import io.waybill.channel.Settings;
import java.util.List;
import java.util.stream.Stream;

/** Every look of the doctor: first what a start would fail at, in that order, then what others may find missing. */
final class Checkup {
    private final Environment environment;

    Checkup(Environment environment) {
        this.environment = environment;
    }

    List<Diagnosis> diagnoses() {
        FolderCheckup folder = new FolderCheckup(environment.path("WAYBILL_DATA"));
        ConfiguredChannels channels = new ConfiguredChannels(environment, Settings.ofProcess());
        return Stream.of(
                        Stream.of(java()),
                        folder.diagnoses(),
                        new DatabaseCheckup(environment).diagnoses(),
                        Stream.of(new PortCheckup(environment).diagnosis()),
                        Stream.of(new RoutesCheckup(environment).diagnosis()),
                        new CertificateCheckup(channels).diagnoses(),
                        new KeyCheckup(channels).diagnoses(),
                        Stream.of(new WebhookCheckup(environment).diagnosis()))
                .flatMap(diagnoses -> diagnoses)
                .toList();
    }

    private static Diagnosis java() {
        long megabytes = Runtime.getRuntime().maxMemory() >> 20;
        String found = "Java " + Runtime.version() + ", up to " + megabytes + " MB of heap";
        return Runtime.version().feature() >= 17
                ? Diagnosis.fine("java", found)
                : Diagnosis.broken("java", found + ". Waybill needs Java 17 or later.");
    }
}
