package io.waybill.label.zpl;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Labels a second, one thread and two, and zpl-renderer-js over the same labels in the same run. */
final class ZplBench {
    private static final int WARM_UP = 20;
    private static final int ROUNDS = 20;

    private ZplBench() {}

    public static void main(String[] args) throws Exception {
        Path folder =
                Files.createDirectories(Path.of("target", "zpl-peer", "bench")).toAbsolutePath();
        List<byte[]> labels = new ArrayList<>();
        for (Path file : Corpus.files()) {
            byte[] zpl = Corpus.read(file);
            try {
                Zpl.render(zpl, ZplOptions.FOUR_BY_SIX);
                labels.add(zpl);
                Files.write(folder.resolve(file.getFileName()), zpl);
            } catch (ZplException refused) {
                // not measured
            }
        }
        measure(labels, WARM_UP, 1);
        double one = measure(labels, ROUNDS, 1);
        double two = measure(labels, ROUNDS, 2);
        System.out.printf(
                "%d labels: %.0f/s with one thread (%.2f ms), %.0f/s with two%n", labels.size(), one, 1000 / one, two);
        Optional<Peer> peer = Peer.install();
        if (peer.isEmpty()) {
            System.out.println("zpl-renderer-js cannot be installed here: no comparison");
            return;
        }
        double theirs = Double.parseDouble(peer.get().render(folder, folder, "2"));
        System.out.printf(
                "zpl-renderer-js: %.1f ms a label; Waybill is %.0f times as fast%n", theirs, theirs * one / 1000);
    }

    private static double measure(List<byte[]> labels, int rounds, int threads) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            long start = System.nanoTime();
            List<Future<?>> work = new ArrayList<>();
            for (int round = 0; round < rounds; round++) {
                for (byte[] zpl : labels) {
                    work.add(pool.submit(() -> Zpl.render(zpl, ZplOptions.FOUR_BY_SIX)));
                }
            }
            for (Future<?> one : work) {
                one.get();
            }
            return rounds * labels.size() / ((System.nanoTime() - start) / 1e9);
        } finally {
            pool.shutdownNow();
        }
    }
}
