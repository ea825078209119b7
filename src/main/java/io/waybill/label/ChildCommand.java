package io.waybill.label;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Collectors;

/**
 * How to start a child with the JVM and classes of this one, be they folders and jars or one Spring Boot jar with jars inside,
 * which only Boot's own launcher can read. The child gets no environment: the server's secrets stay out of a JVM that opens
 * strangers' files.
 */
final class ChildCommand {
    private static final String BOOT_LAUNCHER = "org.springframework.boot.loader.launch.PropertiesLauncher";
    private static final List<String> JVM = List.of(
            "-Xmx256m",
            "-XX:MaxMetaspaceSize=128m",
            "-XX:MaxDirectMemorySize=32m",
            "-XX:+UseSerialGC",
            // The second compiler as it comes takes 15 s of processor time over the first 1,600 labels, and another's
            // core
            // with them; without it a label costs a third more for good. So it compiles only what is eight times as
            // hot.
            "-XX:Tier4InvocationThreshold=40000",
            "-XX:Tier4MinInvocationThreshold=4800",
            "-XX:Tier4CompileThreshold=120000",
            "-XX:Tier4BackEdgeThreshold=320000",
            "-XX:+ExitOnOutOfMemoryError",
            "-Xshare:auto",
            "-Djava.awt.headless=true",
            "-Dlogback.configurationFile=io/waybill/label/logback-child.xml");

    private ChildCommand() {}

    static ProcessBuilder of() {
        String classPath = absolute(System.getProperty("java.class.path"));
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM);
        if (isBootJar(classPath)) {
            command.add("-Dloader.main=" + ChildMain.class.getName());
            command.add(BOOT_LAUNCHER);
        } else {
            command.add(ChildMain.class.getName());
        }
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        keepOnly(builder, "SystemRoot");
        builder.environment().put("CLASSPATH", classPath);
        return builder;
    }

    private static void keepOnly(ProcessBuilder builder, String name) {
        builder.environment().keySet().retainAll(List.of(name));
    }

    private static String absolute(String classPath) {
        return Arrays.stream(classPath.split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static boolean isBootJar(String classPath) {
        if (classPath.contains(File.pathSeparator) || !new File(classPath).isFile()) {
            return false;
        }
        try (JarFile jar = new JarFile(classPath)) {
            return jar.getEntry("BOOT-INF/classes/") != null;
        } catch (IOException e) {
            return false;
        }
    }
}
