package io.waybill.ops.trace;

import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where traces go.
 *
 * @param endpoint OTLP over HTTP, such as {@code http://collector:4318}; empty: there are no traces
 * @param sample the share of messages that are followed, 0 to 1
 */
@ConfigurationProperties("waybill.trace")
record TraceSettings(@DefaultValue("") String endpoint, @DefaultValue("1") double sample) {
    TraceSettings {
        if (!endpoint.isBlank() && !endpoint.startsWith("http://") && !endpoint.startsWith("https://")) {
            throw new IllegalArgumentException("WAYBILL_OTLP_ENDPOINT must begin with http:// or https://");
        }
        if (sample < 0 || sample > 1) {
            throw new IllegalArgumentException("WAYBILL_TRACE_SAMPLE must be between 0 and 1");
        }
    }

    boolean off() {
        return endpoint.isBlank();
    }

    /** The endpoint itself, with OTLP's own path where it has none. */
    String url() {
        String path = URI.create(endpoint).getPath();
        return path.isEmpty() || path.equals("/") ? endpoint.replaceFirst("/$", "") + "/v1/traces" : endpoint;
    }
}
