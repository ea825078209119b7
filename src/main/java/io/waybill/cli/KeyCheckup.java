package io.waybill.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.channel.Connector.Setting;
import io.waybill.order.EventJson;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;

/** When the secrets of channels end, where they say so themselves: a JSON Web Token names its end. */
final class KeyCheckup {
    private static final String SUBJECT = "keys";
    private static final Duration SOON = Duration.ofDays(21);

    private final ConfiguredChannels channels;

    KeyCheckup(ConfiguredChannels channels) {
        this.channels = channels;
    }

    Stream<Diagnosis> diagnoses() {
        return channels.values(Setting::secret)
                .flatMap(secret ->
                        end(secret.value())
                                .map(end -> judge(secret.channel() + ": " + secret.setting(), end))
                                .stream());
    }

    private static Optional<Instant> end(String secret) {
        String[] parts = secret.split("\\.", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            JsonNode end = EventJson.MAPPER
                    .readTree(Base64.getUrlDecoder().decode(parts[1]))
                    .path("exp");
            return end.canConvertToLong() ? Optional.of(Instant.ofEpochSecond(end.asLong())) : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Diagnosis judge(String which, Instant end) {
        long days = Duration.between(Instant.now(), end).toDays();
        if (end.isBefore(Instant.now())) {
            return Diagnosis.doubtful(SUBJECT, which + " ended at " + end + ". Get another.");
        }
        return days < SOON.toDays()
                ? Diagnosis.doubtful(SUBJECT, which + " ends in " + days + " days (" + end + "). Renew it.")
                : Diagnosis.fine(SUBJECT, which + " is good for " + days + " days");
    }
}
