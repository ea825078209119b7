package io.waybill.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/** Whether the address that senders are told leads to this server: its way of refusing a GET is unmistakable. */
final class WebhookCheckup {
    private static final String SUBJECT = "webhooks";
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int METHOD_NOT_ALLOWED = 405;

    private final String address;

    WebhookCheckup(Environment environment) {
        this.address = environment.get("WAYBILL_PUBLIC_URL").replaceFirst("/+$", "");
    }

    Diagnosis diagnosis() {
        if (address.isEmpty()) {
            return Diagnosis.fine(
                    SUBJECT, "not tried from outside: WAYBILL_PUBLIC_URL does not say where senders reach this server");
        }
        try {
            HttpResponse<Void> answer = HttpClient.newBuilder()
                    .connectTimeout(PATIENCE)
                    .build()
                    .send(
                            HttpRequest.newBuilder(URI.create(address + "/webhooks/doctor"))
                                    .timeout(PATIENCE)
                                    .build(),
                            BodyHandlers.discarding());
            return judge(answer);
        } catch (IllegalArgumentException e) {
            return Diagnosis.broken(SUBJECT, "WAYBILL_PUBLIC_URL is no address: " + address);
        } catch (IOException e) {
            return Diagnosis.doubtful(
                    SUBJECT,
                    address + " cannot be reached from here (" + e.getClass().getSimpleName()
                            + "). Fine when the server is stopped; else look at name, proxy and firewall.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Diagnosis.doubtful(SUBJECT, "interrupted");
        }
    }

    private Diagnosis judge(HttpResponse<Void> answer) {
        boolean ours = answer.statusCode() == METHOD_NOT_ALLOWED
                && answer.headers().firstValue("Allow").equals(Optional.of("POST"))
                && answer.headers().firstValue("Content-Type").orElse("").startsWith("application/problem+json");
        return ours
                ? Diagnosis.fine(SUBJECT, address + "/webhooks/ leads here")
                : Diagnosis.doubtful(
                        SUBJECT,
                        address + "/webhooks/ answers " + answer.statusCode()
                                + ", not as Waybill does. Let the proxy pass /webhooks/ on unchanged.");
    }
}
