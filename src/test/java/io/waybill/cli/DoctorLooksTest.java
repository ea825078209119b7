package io.waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.waybill.channel.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the doctor looks at beyond this machine. */
class DoctorLooksTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    private Path folder;

    @Test
    void namesACertificateThatEndsSoon() throws Exception {
        SSLContext tls = tls(10);
        HttpsServer server = HttpsServer.create(loopback(), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        server.start();
        try {
            channel("https://localhost:" + server.getAddress().getPort() + "/orders");
            assertThat(certificates(tls))
                    .singleElement()
                    .asString()
                    .startsWith("!!")
                    .contains("ends in 9 days");
            assertThat(certificates(SSLContext.getDefault()))
                    .as("one that Java does not trust")
                    .singleElement()
                    .asString()
                    .startsWith("!!")
                    .contains("certification path");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void isContentWithACertificateThatLasts() throws Exception {
        SSLContext tls = tls(300);
        HttpsServer server = HttpsServer.create(loopback(), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        server.start();
        try {
            channel("https://localhost:" + server.getAddress().getPort() + "/orders");
            assertThat(certificates(tls))
                    .singleElement()
                    .asString()
                    .startsWith("ok")
                    .contains("valid for 299 days");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void namesASystemThatCannotBeReached() throws Exception {
        channel("https://127.0.0.1:1/orders");
        assertThat(certificates(SSLContext.getDefault()))
                .singleElement()
                .asString()
                .startsWith("!!")
                .contains("127.0.0.1:1");
    }

    @Test
    void namesAKeyThatEndsSoonAndNeverShowsIt() throws Exception {
        String soon = token(Instant.now().plus(Duration.ofDays(3)));
        assertThat(keys(soon))
                .singleElement()
                .asString()
                .startsWith("!!")
                .contains("store: webhookSecret ends in 2 days")
                .doesNotContain(soon);
    }

    @Test
    void namesAKeyThatHasEnded() throws Exception {
        assertThat(keys(token(Instant.now().minusSeconds(60))))
                .singleElement()
                .asString()
                .contains("ended at");
    }

    @Test
    void saysNothingOfKeysThatTellNoEnd() throws Exception {
        assertThat(keys("whsec_c2VjcmV0LXNlY3JldA==")).isEmpty();
        assertThat(keys("a.b.c")).isEmpty();
    }

    @Test
    void findsAnAddressThatLeadsElsewhere() throws Exception {
        HttpServer other = HttpServer.create(loopback(), 0);
        other.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        other.start();
        try {
            assertThat(webhooks("http://127.0.0.1:" + other.getAddress().getPort() + "/"))
                    .startsWith("!!")
                    .contains("answers 200");
        } finally {
            other.stop(0);
        }
    }

    @Test
    void findsAnAddressThatLeadsNowhere() {
        assertThat(webhooks("http://127.0.0.1:1")).startsWith("!!").contains("cannot be reached");
        assertThat(webhooks("hooks example")).startsWith("XX").contains("is no address");
        assertThat(webhooks("")).startsWith("ok").contains("WAYBILL_PUBLIC_URL");
    }

    private String webhooks(String address) {
        return new WebhookCheckup(environment(Map.of("WAYBILL_PUBLIC_URL", address)))
                .diagnosis()
                .toString();
    }

    private List<Diagnosis> certificates(SSLContext tls) {
        return new CertificateCheckup(channels("none"), tls).diagnoses().toList();
    }

    private List<Diagnosis> keys(String secret) throws IOException {
        channel("http://127.0.0.1/");
        return new KeyCheckup(channels(secret)).diagnoses().toList();
    }

    private ConfiguredChannels channels(String secret) {
        return new ConfiguredChannels(
                environment(Map.of("WAYBILL_ROUTES", folder.toString(), "WAYBILL_SANDBOX", "false")),
                new Settings(name -> name.equals("STORE_SECRET") ? secret : null));
    }

    private static Environment environment(Map<String, String> variables) {
        return new Environment(SettingsFile.read(), variables);
    }

    private void channel(String url) throws IOException {
        Files.createDirectories(folder.resolve("channels"));
        Files.writeString(
                folder.resolve("channels/store.yaml"),
                "connector: http\ntitle: Store\nrole: erp\nsettings:\n  url: \"" + url
                        + "\"\n  webhookSecret: \"{{env:STORE_SECRET}}\"\n");
    }

    private static String token(Instant end) {
        return Stream.of("{\"alg\":\"none\"}", "{\"exp\":" + end.getEpochSecond() + "}", "signature")
                .map(part ->
                        Base64.getUrlEncoder().withoutPadding().encodeToString(part.getBytes(StandardCharsets.UTF_8)))
                .reduce((a, b) -> a + "." + b)
                .orElseThrow();
    }

    private static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    /** A certificate of our own that this context, and no other, trusts. */
    private SSLContext tls(int days) throws Exception {
        Path file = folder.resolve("keys-" + days + ".p12");
        int made = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "store",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=dns:localhost",
                        "-validity",
                        Integer.toString(days),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(PASSWORD),
                        "-keystore",
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        assertThat(made).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD);
        }
        KeyManagerFactory own = KeyManagerFactory.getInstance("PKIX");
        own.init(keys, PASSWORD);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("store", keys.getCertificate("store"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }
}
