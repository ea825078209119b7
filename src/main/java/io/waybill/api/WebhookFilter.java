package io.waybill.api;

import io.waybill.flow.FlowError;
import io.waybill.flow.Inbox;
import io.waybill.flow.Webhooks;
import io.waybill.order.WaybillException;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/**
 * Where other systems call. Answers after the commit: 202 is a promise. It stands before all other filters and passes
 * nothing on: a webhook proves itself by its signature, and each layer between the socket and the receipt costs more than
 * the receipt.
 */
final class WebhookFilter extends HttpFilter {
    static final String PATH = "/webhooks/";
    private static final int CHUNK = 8192;
    /** Longer than PostgreSQL is ever waited for. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final transient Webhooks webhooks;
    private final transient ProblemDetails problems;
    private final transient Problems writer;
    private final int maxBytes;

    WebhookFilter(Webhooks webhooks, ProblemDetails problems, Problems writer, int maxBytes) {
        this.webhooks = webhooks;
        this.problems = problems;
        this.writer = writer;
        this.maxBytes = maxBytes;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException {
        try {
            if (!HttpMethod.POST.matches(request.getMethod())) {
                refuseMethod(response);
                return;
            }
            receive(request, response);
        } catch (WaybillException e) {
            writer.write(response, problems.of(e));
        }
    }

    private void refuseMethod(HttpServletResponse response) throws IOException {
        response.setHeader(HttpHeaders.ALLOW, HttpMethod.POST.name());
        HttpStatus status = HttpStatus.METHOD_NOT_ALLOWED;
        writer.write(
                response,
                ResponseEntity.status(status)
                        .body(Problems.problem(
                                status, ProblemCodes.of(status), "Webhooks are taken by POST /webhooks/{channel}.")));
    }

    private void receive(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String channel = request.getServletPath().substring(PATH.length());
        webhooks.checkKnown(channel);
        byte[] body = body(request);
        if (webhooks.isPing(channel, body)) {
            response.setStatus(HttpStatus.OK.value());
            return;
        }
        var stored = webhooks.receive(channel, request::getHeader, body);
        AsyncContext async = request.startAsync();
        // No time-out of the container's own: it would answer beside ours.
        async.setTimeout(0);
        stored.orTimeout(PATIENCE.toSeconds(), java.util.concurrent.TimeUnit.SECONDS)
                .whenComplete((kept, failure) -> {
                    try {
                        if (failure == null) {
                            answer(response, kept);
                        } else {
                            writer.write(response, problems.of(failure));
                        }
                    } catch (IOException | IllegalStateException e) {
                        // The caller is gone. What it sent is kept or not, and it will send it again.
                    } finally {
                        async.complete();
                    }
                });
    }

    private static void answer(HttpServletResponse response, Inbox.Stored stored) throws IOException {
        byte[] body = ("{\"receipt\":\"" + stored.receiptId() + "\"}").getBytes(StandardCharsets.UTF_8);
        HttpStatus status = stored.fate() == Inbox.Fate.STORED ? HttpStatus.ACCEPTED : HttpStatus.OK;
        response.setStatus(status.value());
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
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
