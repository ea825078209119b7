package io.waybill.api;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.PathParameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.waybill.flow.Webhooks;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.util.unit.DataSize;

/** Puts the webhooks' door in front of everything, and into the description of the API. */
@Configuration(proxyBeanMethods = false)
class WebhookConfiguration {
    @Bean
    FilterRegistrationBean<WebhookFilter> webhookDoor(
            Webhooks webhooks,
            ProblemDetails details,
            Problems problems,
            @Value("${waybill.max-webhook-size}") DataSize maxSize) {
        FilterRegistrationBean<WebhookFilter> door =
                new FilterRegistrationBean<>(new WebhookFilter(webhooks, details, problems, (int) maxSize.toBytes()));
        door.addUrlPatterns(WebhookFilter.PATH + "*");
        door.setOrder(Ordered.HIGHEST_PRECEDENCE);
        door.setAsyncSupported(true);
        return door;
    }

    @Bean
    OpenApiCustomizer webhookDescription() {
        return api -> api.path(WebhookFilter.PATH + "{channel}", new PathItem().post(operation()));
    }

    private static Operation operation() {
        ApiResponses answers = new ApiResponses();
        answer(answers, "202", "Stored; the body names the receipt: {\"receipt\": \"…\"}");
        answer(
                answers,
                "200",
                "Stored before: a duplicate, or another body under the same event id, kept as a conflict");
        answer(answers, "400", "Not JSON, where the channel speaks canonical JSON");
        answer(answers, "401", "Signature missing or wrong, or its timestamp too old");
        answer(answers, "404", "No such channel");
        answer(answers, "413", "Larger than WAYBILL_MAX_WEBHOOK_SIZE");
        answer(answers, "503", "Cannot be stored now; send it again after Retry-After");
        return new Operation()
                .operationId("receive")
                .addTagsItem("webhooks")
                .summary("Takes one message of a channel; 202 once it is stored, 200 for one that was stored before")
                .addParametersItem(
                        new PathParameter().name("channel").required(true).schema(new StringSchema()))
                .requestBody(new RequestBody().required(true).description("As the channel's system sends it"))
                .responses(answers);
    }

    private static void answer(ApiResponses answers, String status, String description) {
        answers.addApiResponse(status, new ApiResponse().description(description));
    }
}
