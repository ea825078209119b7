package io.waybill.console;

import io.waybill.api.ChannelsApi;
import io.waybill.api.DeliveriesApi;
import io.waybill.api.DocumentsApi;
import io.waybill.api.OrderActsApi;
import io.waybill.api.OrderQuery;
import io.waybill.api.OrdersApi;
import io.waybill.api.PageQuery;
import io.waybill.api.RepublishApi;
import io.waybill.api.access.Caller;
import io.waybill.flow.PushResult;
import io.waybill.ledger.DeliveryWhole;
import io.waybill.ledger.OrderWhole;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Orders: the list, one with all that happened to it, and what a person does with it. */
@Controller
@RequestMapping("/console")
class OrderPages {
    private final OrdersApi orders;
    private final DeliveriesApi deliveries;
    private final DocumentsApi documents;
    private final RepublishApi republishing;
    private final OrderActsApi acts;
    private final ChannelsApi channels;
    private final Answers answers;

    OrderPages(
            OrdersApi orders,
            DeliveriesApi deliveries,
            DocumentsApi documents,
            RepublishApi republishing,
            OrderActsApi acts,
            ChannelsApi channels,
            Answers answers) {
        this.orders = orders;
        this.deliveries = deliveries;
        this.documents = documents;
        this.republishing = republishing;
        this.acts = acts;
        this.channels = channels;
        this.answers = answers;
    }

    @GetMapping("/orders")
    String list(OrderQuery query, PageQuery page, HttpServletRequest request, Model model) {
        Map<String, @Nullable Object> slice = answers.of(orders.list(query, page));
        model.addAttribute("orders", slice.get("items"));
        model.addAttribute("query", answers.of(query));
        model.addAttribute("next", Paging.next(request, slice));
        model.addAttribute("channels", answers.of(channels.list()).get("items"));
        return "orders";
    }

    @GetMapping("/orders/{id}")
    String one(@PathVariable long id, Model model) {
        OrderWhole whole = orders.one(id);
        model.addAttribute("o", answers.of(whole));
        model.addAttribute("why", answers.of(orders.why(id)));
        model.addAttribute("canonical", answers.shown(whole.order()));
        return "order";
    }

    @GetMapping("/orders/{id}/print")
    ResponseEntity<byte[]> print(@PathVariable long id) {
        return documents.print(id);
    }

    @GetMapping("/orders/{id}/documents/{doc}")
    ResponseEntity<byte[]> document(@PathVariable long id, @PathVariable long doc) {
        return documents.one(id, doc, null);
    }

    @PostMapping("/orders/{id}/push")
    String push(
            @PathVariable long id,
            @RequestParam(required = false) @Nullable List<String> to,
            @RequestParam(required = false) @Nullable List<String> lines,
            @RequestParam(required = false) @Nullable String force,
            Caller caller,
            RedirectAttributes flash) {
        return Deeds.then("/console/orders/" + id, flash, () -> {
            PushResult result = orders.push(id, new OrdersApi.Push(to, lines, force != null), caller);
            return result.destinations().stream().map(OrderPages::said).collect(Collectors.joining(" "));
        });
    }

    private static String said(PushResult.Destination destination) {
        return destination.pushed()
                ? "On its way to " + destination.channel() + "."
                : "Not to " + destination.channel() + ": " + destination.reason();
    }

    @PostMapping("/orders/{id}/republish")
    String republish(
            @PathVariable long id,
            @RequestParam(required = false) @Nullable String force,
            Caller caller,
            RedirectAttributes flash) {
        return Deeds.then("/console/orders/" + id, flash, () -> {
            republishing.republish(id, new RepublishApi.Republish(force != null), caller);
            return "The newest source data was read and decided again.";
        });
    }

    @PostMapping("/orders/push")
    String pushMany(OrderQuery query, Caller caller, RedirectAttributes flash) {
        return Deeds.then("/console/orders", flash, () -> {
            OrdersApi.Bulk bulk = orders.pushMany(query, null, caller);
            return bulk.matched() + " matched, " + bulk.requeued() + " pushed, " + bulk.skipped() + " skipped.";
        });
    }

    @GetMapping("/deliveries/{id}")
    String delivery(@PathVariable long id, Model model) {
        DeliveryWhole whole = deliveries.one(id);
        model.addAttribute("d", answers.of(whole));
        model.addAttribute(
                "received",
                whole.received() == null ? null : answers.shown(whole.received().body()));
        model.addAttribute("mapped", answers.shown(whole.mapped()));
        model.addAttribute("request", answers.shown(whole.request()));
        model.addAttribute("response", answers.shown(whole.response()));
        return "delivery";
    }

    @PostMapping("/orders/{id}/tags")
    String tags(@PathVariable long id, @RequestParam String tags, Caller caller, RedirectAttributes flash) {
        return Deeds.then("/console/orders/" + id, flash, () -> {
            List<String> all = Stream.of(tags.split(","))
                    .map(String::strip)
                    .filter(tag -> !tag.isEmpty())
                    .toList();
            acts.tags(id, new OrderActsApi.NewTags(all), caller);
            return "Its tags: " + (all.isEmpty() ? "none" : String.join(", ", all)) + ".";
        });
    }

    @PostMapping("/orders/{id}/cancel")
    String cancel(
            @PathVariable long id,
            @RequestParam(required = false) @Nullable String reason,
            Caller caller,
            RedirectAttributes flash) {
        return Deeds.then("/console/orders/" + id, flash, () -> {
            acts.cancel(id, new OrderActsApi.Cancel(null, reason), caller);
            return "Cancelled; wherever it is and can be cancelled it is told.";
        });
    }

    @PostMapping("/deliveries/{id}/send")
    String send(@PathVariable long id, Caller caller, RedirectAttributes flash) {
        long order = deliveries.one(id).row().order();
        return Deeds.then("/console/orders/" + order, flash, () -> {
            deliveries.send(id, caller);
            return "What was withheld is on its way.";
        });
    }

    @PostMapping("/deliveries/{id}/retry")
    String retry(@PathVariable long id, Caller caller, RedirectAttributes flash) {
        long order = deliveries.one(id).row().order();
        return Deeds.then("/console/orders/" + order, flash, () -> {
            deliveries.retry(id, caller);
            return "Delivery " + id + " is due now.";
        });
    }
}
