package io.waybill.api;

import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.waybill.order.ErrorKind;
import io.waybill.order.WaybillException;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** Every failure of a controller as problem+json. What we did not foresee is logged in full and answered without details. */
@RestControllerAdvice
class ProblemDetails extends ResponseEntityExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemDetails.class);

    /** For where no controller is: the same answers. */
    ResponseEntity<ProblemDetail> of(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof WaybillException known) {
            return known(known);
        }
        if (cause instanceof CannotGetJdbcConnectionException
                || cause instanceof DataAccessResourceFailureException
                || cause instanceof TransientDataAccessException
                || cause instanceof TimeoutException) {
            return databaseAway((Exception) cause);
        }
        return unforeseen(new IllegalStateException("a webhook could not be taken", cause));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> known(WaybillException failure) {
        HttpStatus status = ProblemStatus.of(failure.code());
        if (failure.code().kind() == ErrorKind.INTERNAL) {
            LOG.atError()
                    .addKeyValue("code", failure.code().code())
                    .setCause(failure)
                    .log("A request failed");
        }
        return answer(status, failure.code().code(), String.valueOf(failure.getMessage()));
    }

    @ExceptionHandler({
        CannotGetJdbcConnectionException.class,
        DataAccessResourceFailureException.class,
        TransientDataAccessException.class
    })
    ResponseEntity<ProblemDetail> databaseAway(Exception failure) {
        LOG.atWarn().addKeyValue("error", failure.getClass().getSimpleName()).log("The database is away");
        return answer(
                HttpStatus.SERVICE_UNAVAILABLE, "database-unreachable", "The database is away. Try again in a moment.");
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> unforeseen(Exception failure) {
        LOG.atError().setCause(failure).log("A request failed unexpectedly");
        return answer(HttpStatus.INTERNAL_SERVER_ERROR, "internal", "Something failed on our side. The log says what.");
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException failure, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        String detail = failure.getCause() instanceof UnrecognizedPropertyException unknown
                ? "The body has the unknown member \"" + unknown.getPropertyName() + "\". Known here: "
                        + String.join(", ", new TreeSet<>(names(unknown))) + "."
                : "The body cannot be read. Send JSON as /openapi.json describes it.";
        return createResponseEntity(ProblemDetail.forStatusAndDetail(status, detail), headers, status, request);
    }

    private static List<String> names(UnrecognizedPropertyException unknown) {
        Collection<Object> known = unknown.getKnownPropertyIds();
        return known == null ? List.of() : known.stream().map(String::valueOf).toList();
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleNoResourceFoundException(
            NoResourceFoundException failure, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return createResponseEntity(
                ProblemDetail.forStatusAndDetail(status, "There is nothing at this address. See /openapi.json."),
                headers,
                status,
                request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleTypeMismatch(
            TypeMismatchException failure, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return createResponseEntity(
                ProblemDetail.forStatusAndDetail(status, "A value in the address is not of its kind: ids are numbers."),
                headers,
                status,
                request);
    }

    /** Spring's own refusals (unknown path, wrong method, unreadable body) get a code too. */
    @Override
    protected ResponseEntity<Object> createResponseEntity(
            @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        String code = ProblemCodes.of(status);
        String detail = body instanceof ProblemDetail problem && problem.getDetail() != null
                ? problem.getDetail()
                : "The request failed.";
        return ResponseEntity.status(status).headers(headers).body(Problems.problem(status, code, detail));
    }

    private static ResponseEntity<ProblemDetail> answer(HttpStatus status, String code, String detail) {
        ResponseEntity.BodyBuilder response = ResponseEntity.status(status);
        if (status == HttpStatus.SERVICE_UNAVAILABLE) {
            response.header(HttpHeaders.RETRY_AFTER, "5");
        }
        return response.body(Problems.problem(status, code, detail));
    }
}
