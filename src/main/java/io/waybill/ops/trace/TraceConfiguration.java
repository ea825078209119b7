package io.waybill.ops.trace;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.waybill.camel.GenerationAddition;
import io.waybill.flow.FlowSettings;
import io.waybill.flow.Traces;
import io.waybill.ledger.Origins;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TraceSettings.class)
class TraceConfiguration {
    private static final String WANTED = "!'${waybill.trace.endpoint:}'.isBlank()";

    @Bean
    @ConditionalOnExpression("'${waybill.trace.endpoint:}'.isBlank()")
    Traces noTraces() {
        return Traces.OFF;
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnExpression(WANTED)
    static class Wanted {
        private static final Duration SEND_EVERY = Duration.ofSeconds(2);

        @Bean(destroyMethod = "close")
        SdkTracerProvider tracerProvider(TraceSettings settings, FlowSettings flow) {
            var exporter = new PlainSpans(OtlpHttpSpanExporter.builder()
                    .setEndpoint(settings.url())
                    .setCompression("gzip")
                    .build());
            return SdkTracerProvider.builder()
                    .setResource(Resource.getDefault()
                            .merge(Resource.create(Attributes.of(
                                    AttributeKey.stringKey("service.name"),
                                    "waybill",
                                    AttributeKey.stringKey("service.instance.id"),
                                    flow.node()))))
                    .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(settings.sample())))
                    .addSpanProcessor(BatchSpanProcessor.builder(exporter)
                            .setScheduleDelay(SEND_EVERY)
                            .build())
                    .build();
        }

        @Bean
        Traces traces(SdkTracerProvider provider, DataSource dataSource) {
            return new FollowedMessages(provider.get("waybill"), new Origins(dataSource));
        }

        @Bean
        GenerationAddition tracedRoutes(SdkTracerProvider provider) {
            return new TracedRoutes(provider.get("camel"));
        }
    }
}
