package io.waybill.cli;

import java.util.List;
import java.util.stream.Stream;

/** Every look of the doctor, in the order in which a start would fail. */
final class Checkup {
    private final Environment environment;

    Checkup(Environment environment) {
        this.environment = environment;
    }

    List<Diagnosis> diagnoses() {
        FolderCheckup folder = new FolderCheckup(environment.path("WAYBILL_DATA"));
        return Stream.of(
                        Stream.of(java()),
                        folder.diagnoses(),
                        new DatabaseCheckup(environment).diagnoses(),
                        Stream.of(new PortCheckup(environment).diagnosis()),
                        Stream.of(new RoutesCheckup(environment).diagnosis()))
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
