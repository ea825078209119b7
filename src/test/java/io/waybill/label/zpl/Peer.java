package io.waybill.label.zpl;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** zpl-renderer-js, installed below target/ by npm where both are on the machine. Never part of the product. */
record Peer(Path home) {
    private static final String PACKAGE = "zpl-renderer-js@3.4.0";

    static Optional<Peer> install() throws IOException, InterruptedException {
        Path home = Path.of("target", "zpl-peer").toAbsolutePath();
        Files.createDirectories(home);
        if (!Files.isDirectory(home.resolve("node_modules/zpl-renderer-js"))) {
            Files.writeString(home.resolve("package.json"), "{\"private\": true}");
            try {
                run(home, List.of("npm", "install", "--no-audit", "--no-fund", PACKAGE));
            } catch (IOException noNpm) {
                return Optional.empty();
            }
        }
        return Files.isDirectory(home.resolve("node_modules/zpl-renderer-js"))
                ? Optional.of(new Peer(home))
                : Optional.empty();
    }

    String render(Path in, Path out, String... rounds) throws IOException, InterruptedException {
        Path script = home.resolve("zpl-peer.cjs");
        try (InputStream source = Peer.class.getResourceAsStream("/labels/zpl-peer.cjs")) {
            Files.write(script, java.util.Objects.requireNonNull(source).readAllBytes());
        }
        List<String> command = new java.util.ArrayList<>(List.of(
                "node", script.toString(), home.resolve("node_modules").toString(), in.toString(), out.toString()));
        command.addAll(List.of(rounds));
        return run(home, command);
    }

    private static String run(Path home, List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(10, TimeUnit.MINUTES)) {
            process.destroyForcibly();
        }
        return output.strip();
    }
}
