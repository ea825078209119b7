package io.waybill.console;

import io.waybill.api.access.AccessRole;
import io.waybill.api.access.Caller;
import io.waybill.order.WaybillException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.ui.Model;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/** What every page knows, and the page for what went wrong. */
@ControllerAdvice(basePackageClasses = EveryPage.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
class EveryPage {
    private static final Logger log = LoggerFactory.getLogger(EveryPage.class);

    @ModelAttribute
    void known(Model model) {
        Caller caller = caller();
        model.addAttribute("caller", caller);
        model.addAttribute("mayAct", caller != null && caller.role().compareTo(AccessRole.OPERATOR) >= 0);
        model.addAttribute("mayAdmin", caller != null && caller.role() == AccessRole.ADMIN);
    }

    private static @Nullable Caller caller() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication != null && authentication.getPrincipal() instanceof Caller caller ? caller : null;
    }

    @ExceptionHandler
    String refused(WaybillException failure, HttpServletResponse response, Model model) {
        HttpStatus status =
                switch (failure.code().kind()) {
                    case CALLER ->
                        failure.code().code().startsWith("unknown-") ? HttpStatus.NOT_FOUND : HttpStatus.BAD_REQUEST;
                    case DATA -> HttpStatus.UNPROCESSABLE_ENTITY;
                    case PARTNER -> HttpStatus.SERVICE_UNAVAILABLE;
                    case INTERNAL -> HttpStatus.INTERNAL_SERVER_ERROR;
                };
        return page(status, failure.getMessage() + " [" + failure.code().code() + "]", response, model);
    }

    @ExceptionHandler({
        CannotGetJdbcConnectionException.class,
        DataAccessResourceFailureException.class,
        TransientDataAccessException.class
    })
    String databaseAway(Exception failure, HttpServletResponse response, Model model) {
        log.atWarn().addKeyValue("error", failure.getClass().getSimpleName()).log("The database is away");
        return page(HttpStatus.SERVICE_UNAVAILABLE, "The database is away. Try again in a moment.", response, model);
    }

    @ExceptionHandler
    String mistyped(MethodArgumentTypeMismatchException failure, HttpServletResponse response, Model model) {
        return page(HttpStatus.NOT_FOUND, "There is no such page: ids are numbers.", response, model);
    }

    @ExceptionHandler
    String unforeseen(Exception failure, HttpServletRequest request, HttpServletResponse response, Model model) {
        if (failure instanceof ErrorResponse refusal) {
            HttpStatus status = HttpStatus.valueOf(refusal.getStatusCode().value());
            return page(status, status.getReasonPhrase() + ".", response, model);
        }
        log.atError().setCause(failure).log("A page failed");
        return page(
                HttpStatus.INTERNAL_SERVER_ERROR,
                "Something failed on our side. The log says what; try again in a moment.",
                response,
                model);
    }

    private String page(HttpStatus status, String what, HttpServletResponse response, Model model) {
        response.setStatus(status.value());
        known(model);
        model.addAttribute("what", what);
        return "error";
    }
}
