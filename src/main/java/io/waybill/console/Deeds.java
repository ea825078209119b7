package io.waybill.console;

import io.waybill.order.ErrorKind;
import io.waybill.order.WaybillException;
import java.util.function.Supplier;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What a form does: done or refused, the person is back on a page that says so. */
final class Deeds {
    private Deeds() {}

    /** @param deed answers what to say when it is done */
    static String then(String page, RedirectAttributes flash, Supplier<String> deed) {
        try {
            flash.addFlashAttribute("done", deed.get());
        } catch (WaybillException e) {
            if (e.code().kind() == ErrorKind.INTERNAL) {
                throw e;
            }
            flash.addFlashAttribute("refused", e.getMessage() + " [" + e.code().code() + "]");
        }
        return "redirect:" + page;
    }
}
