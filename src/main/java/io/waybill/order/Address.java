package io.waybill.order;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A postal address; every member may be missing. {@code country} is ISO 3166-1 alpha-2. */
public record Address(
        @Nullable String name,
        @Nullable String company,
        @Nullable String line1,
        @Nullable String line2,
        @Nullable String city,
        @Nullable String region,
        @Nullable String postcode,
        @Nullable String country,
        @Nullable String phone) {
    private static final Pattern ALPHA2 = Pattern.compile("[A-Z]{2}");

    public Address {
        if (country != null && !ALPHA2.matcher(country).matches()) {
            throw new IllegalArgumentException("country must be an ISO 3166-1 alpha-2 code such as US");
        }
    }
}
