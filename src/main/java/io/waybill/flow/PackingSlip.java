package io.waybill.flow;

import io.waybill.ledger.Known;
import io.waybill.order.Address;
import io.waybill.order.Line;
import io.waybill.order.Order;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.HtmlUtils;

/** The page that goes into the parcel: where to, what, how many. No prices. */
final class PackingSlip {
    private static final String STYLE =
            "<style>body{font-family:sans-serif;font-size:10pt}h1{font-size:16pt}table{width:100%;border-collapse:collapse}"
                    + "th,td{text-align:left;padding:4pt;border-bottom:0.5pt solid #999}.n{text-align:right}</style>";

    private PackingSlip() {}

    static String html(Known known) {
        Order order = known.tagged();
        return "<html><head>" + STYLE + "</head><body><h1>Order " + text(order.displayNumber()) + "</h1>"
                + "<p>" + address(order.shippingAddress()) + "</p>"
                + "<table><tr><th>SKU</th><th>Article</th><th class=\"n\">Quantity</th></tr>"
                + order.lines().stream().map(PackingSlip::row).collect(Collectors.joining())
                + "</table>" + note(order.note()) + "</body></html>";
    }

    private static String row(Line line) {
        int left = line.quantity() - line.cancelled();
        return "<tr><td>" + text(line.sku()) + "</td><td>" + text(line.title()) + "</td><td class=\"n\">" + left
                + "</td></tr>";
    }

    private static String address(@Nullable Address address) {
        if (address == null) {
            return "";
        }
        String town = Stream.of(address.postcode(), address.city(), address.region())
                .filter(Objects::nonNull)
                .collect(Collectors.joining(" "));
        return Stream.of(address.name(), address.company(), address.line1(), address.line2(), town, address.country())
                .filter(part -> part != null && !part.isBlank())
                .map(PackingSlip::text)
                .collect(Collectors.joining("<br/>"));
    }

    private static String note(@Nullable String note) {
        return note == null ? "" : "<p>" + text(note) + "</p>";
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : HtmlUtils.htmlEscape(text);
    }
}
