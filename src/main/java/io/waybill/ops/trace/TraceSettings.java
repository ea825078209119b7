package io.waybill.ops.trace;

import io.waybill.order.ErrorCode;
import io.waybill.order.ErrorKind;
import io.waybill.order.WaybillException;
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
            throw invalid("WAYBILL_OTLP_ENDPOINT is " + endpoint + ". It must begin with http:// or https://.");
        }
        if (sample < 0 || sample > 1) {
            throw invalid("WAYBILL_TRACE_SAMPLE is " + sample + ". It must be between 0 and 1.");
        }
    }

    /** What can be wrong with them. */
    enum Code implements ErrorCode {
        INVALID_TRACE_SETTING;

        @Override
        public String code() {
            return "invalid-trace-setting";
        }

        @Override
        public ErrorKind kind() {
            return ErrorKind.CALLER;
        }
    }

    private static WaybillException invalid(String problem) {
        return new WaybillException(Code.INVALID_TRACE_SETTING, problem);
    }

    /** The endpoint itself, with OTLP's own path where it has none. */
    String url() {
        String path = URI.create(endpoint).getPath();
        return path.isEmpty() || path.equals("/") ? endpoint.replaceFirst("/$", "") + "/v1/traces" : endpoint;
    }
}
