package io.waybill.cli.trial;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/** zpl-renderer-js (npm, MIT) in one node process: ZPL to PNG. Never part of the product. */
final class ZplRendererJs implements Rival {
    private final Process process;
    private final BufferedReader in;
    private final BufferedWriter out;

    private ZplRendererJs(Process process) {
        this.process = process;
        this.in = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.out = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
    }

    /** Empty where node or the package in that {@code node_modules} folder is not there. */
    static Optional<Rival> start(Path modules, byte[] zpl) throws IOException {
        if (!Files.isDirectory(modules.resolve("zpl-renderer-js"))) {
            return Optional.empty();
        }
        Path folder = Files.createTempDirectory("waybill-zpl-renderer-");
        Path label = Files.write(folder.resolve("label.zpl"), zpl);
        Path script = folder.resolve("zpl-renderer.cjs");
        try (InputStream source = ZplRendererJs.class.getResourceAsStream("zpl-renderer.cjs")) {
            Files.write(script, Objects.requireNonNull(source).readAllBytes());
        }
        try {
            return Optional.of(new ZplRendererJs(new ProcessBuilder(
                            "node", script.toString(), modules.toAbsolutePath().toString(), label.toString())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()));
        } catch (IOException noNode) {
            return Optional.empty();
        }
    }

    @Override
    public String name() {
        return "zpl-renderer-js, to PNG";
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public int convert() throws IOException {
        out.write("label\n");
        out.flush();
        String length = in.readLine();
        if (length == null || Integer.parseInt(length) == 0) {
            throw new IOException("zpl-renderer-js made nothing");
        }
        return Integer.parseInt(length);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
