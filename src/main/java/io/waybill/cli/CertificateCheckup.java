package io.waybill.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** The certificates of the systems that channels call: a handshake each, nothing is asked. */
final class CertificateCheckup {
    private static final String SUBJECT = "certs";
    private static final Duration SOON = Duration.ofDays(21);
    private static final int PATIENCE_MILLIS = 5_000;
    private static final int HTTPS = 443;

    private final ConfiguredChannels channels;
    private final SSLContext tls;

    CertificateCheckup(ConfiguredChannels channels) {
        this(channels, ofJava());
    }

    CertificateCheckup(ConfiguredChannels channels, SSLContext tls) {
        this.channels = channels;
        this.tls = tls;
    }

    private static SSLContext ofJava() {
        try {
            return SSLContext.getDefault();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no TLS", e);
        }
    }

    Stream<Diagnosis> diagnoses() {
        Map<String, URI> servers = new TreeMap<>();
        channels.values(setting -> setting.type().equals("url"))
                .flatMap(value -> https(value.value()))
                .forEach(address -> servers.putIfAbsent(server(address), address));
        return servers.values().stream().map(this::look);
    }

    private static Stream<URI> https(String text) {
        try {
            URI address = URI.create(text);
            return "https".equals(address.getScheme()) && address.getHost() != null
                    ? Stream.of(address)
                    : Stream.empty();
        } catch (IllegalArgumentException e) {
            return Stream.empty();
        }
    }

    private static String server(URI address) {
        return address.getHost() + ":" + port(address);
    }

    private static int port(URI address) {
        return address.getPort() < 0 ? HTTPS : address.getPort();
    }

    private Diagnosis look(URI address) {
        try (SSLSocket socket = (SSLSocket)
                tls.getSocketFactory().createSocket(connected(address), address.getHost(), port(address), true)) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return judge(
                    server(address),
                    Stream.of(socket.getSession().getPeerCertificates())
                            .map(X509Certificate.class::cast)
                            .map(certificate -> certificate.getNotAfter().toInstant())
                            .min(Comparator.naturalOrder())
                            .orElseThrow());
        } catch (IOException e) {
            return Diagnosis.doubtful(
                    SUBJECT, server(address) + ": " + e.getMessage() + ". Deliveries to it wait until that is mended.");
        }
    }

    private static Socket connected(URI address) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(address.getHost(), port(address)), PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static Diagnosis judge(String server, Instant end) {
        long days = Duration.between(Instant.now(), end).toDays();
        return days < SOON.toDays()
                ? Diagnosis.doubtful(
                        SUBJECT,
                        server + ": its certificate ends in " + days + " days (" + end + "). Ask them to renew it.")
                : Diagnosis.fine(SUBJECT, server + ": valid for " + days + " days");
    }
}
