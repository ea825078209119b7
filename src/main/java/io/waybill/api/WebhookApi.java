package io.waybill.api;

import io.swagger.v3.oas.annotations.Operation;
import io.waybill.flow.FlowError;
import io.waybill.flow.Inbox;
import io.waybill.flow.Webhooks;
import io.waybill.order.WaybillException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.util.unit.DataSize;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where other systems call. Answers after the commit: 202 is a promise. */
@RestController
class WebhookApi {
    private static final int CHUNK = 8192;

    private final Webhooks webhooks;
    private final int maxBytes;

    WebhookApi(Webhooks webhooks, @Value("${waybill.max-webhook-size}") DataSize maxSize) {
        this.webhooks = webhooks;
        this.maxBytes = (int) maxSize.toBytes();
    }

    @Operation(summary = "Takes one message of a channel; 202 once it is stored, 200 for one that was stored before")
    @PostMapping("/webhooks/{channel}")
    CompletableFuture<ResponseEntity<Map<String, String>>> receive(
            @PathVariable String channel, HttpServletRequest request) throws IOException {
        webhooks.checkKnown(channel);
        byte[] body = body(request);
        return webhooks.receive(channel, request::getHeader, body).thenApply(WebhookApi::answer);
    }

    private static ResponseEntity<Map<String, String>> answer(Inbox.Stored stored) {
        HttpStatus status = stored.fate() == Inbox.Fate.STORED ? HttpStatus.ACCEPTED : HttpStatus.OK;
        return ResponseEntity.status(status).body(Map.of("receipt", String.valueOf(stored.receiptId())));
    }

    /** Counted while it streams: a body that is too large is given up at once, whatever its headers say. */
    private byte[] body(HttpServletRequest request) throws IOException {
        if (request.getContentLengthLong() > maxBytes) {
            throw tooLarge();
        }
        int expected = Math.max(CHUNK, (int) Math.min(maxBytes, request.getContentLengthLong()));
        ByteArrayOutputStream body = new ByteArrayOutputStream(expected);
        byte[] chunk = new byte[CHUNK];
        InputStream in = request.getInputStream();
        for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
            body.write(chunk, 0, read);
            if (body.size() > maxBytes) {
                throw tooLarge();
            }
        }
        return body.toByteArray();
    }

    private WaybillException tooLarge() {
        return new WaybillException(
                FlowError.BODY_TOO_LARGE,
                "The body is larger than " + maxBytes
                        + " bytes. Send less at once, or raise WAYBILL_MAX_WEBHOOK_SIZE.");
    }
}
