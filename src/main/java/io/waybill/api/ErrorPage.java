package io.waybill.api;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.servlet.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What fails outside any controller, in a filter or in Tomcat, ends here; also as problem+json, also without details. */
@RestController
@io.swagger.v3.oas.annotations.Hidden
class ErrorPage implements ErrorController {
    @RequestMapping("/error")
    ResponseEntity<ProblemDetail> error(HttpServletRequest request) {
        HttpStatus status = status(request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE));
        return ResponseEntity.status(status)
                .body(Problems.problem(status, ProblemCodes.of(status), status.getReasonPhrase() + "."));
    }

    private static HttpStatus status(@Nullable Object attribute) {
        HttpStatus status = attribute instanceof Integer code ? HttpStatus.resolve(code) : null;
        return status == null ? HttpStatus.NOT_FOUND : status;
    }
}
