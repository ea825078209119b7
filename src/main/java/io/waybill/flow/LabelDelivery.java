package io.waybill.flow;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.waybill.channel.Channel;
import io.waybill.channel.Channel.LabelForm;
import io.waybill.label.LabelException;
import io.waybill.label.LabelOptions;
import io.waybill.label.LabelPdf;
import io.waybill.label.LabelSource;
import io.waybill.label.Labels;
import io.waybill.ledger.Claimed;
import io.waybill.ledger.Documents;
import io.waybill.order.LabelCreated;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * The bean {@code labels}: what {@code routes/flow/label.camel.yaml} does to a label before it leaves. A label is converted
 * once, kept with its order, and given to each destination in the form that it wants.
 */
public final class LabelDelivery {
    private final Labels labels;
    private final Documents documents;
    private final Map<Long, Object> turns = new ConcurrentHashMap<>();

    public LabelDelivery(Labels labels, Documents documents) {
        this.labels = labels;
        this.documents = documents;
    }

    /** Sets the variable {@code labelForm}: as-is, pdf or pdf-attachment. */
    public void form(Exchange exchange) {
        LabelForm form = channel(exchange).labels();
        exchange.setVariable(
                "labelForm", form.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'));
    }

    /** The label as it came: Base64 unchanged, in its own format. */
    public void asIs(Exchange exchange) {
        LabelCreated label = label(exchange);
        Documents.Source source = documents.source(hash(label));
        Map<String, Object> content = content(label.format(), label.size(), name(label, label.format()));
        content.put("data", source.data());
        if (!source.resources().isEmpty()) {
            content.put("resources", source.resources());
        }
        exchange.setVariable("label", content);
    }

    /** The PDF as Base64. */
    public void pdf(Exchange exchange) {
        Documents.Pdf pdf = converted(exchange);
        Map<String, Object> content = content("pdf", pdf.size(), pdf.name());
        content.put("data", Base64.getEncoder().encodeToString(pdf.bytes()));
        exchange.setVariable("label", content);
    }

    /** The PDF as bytes, for a destination that takes files. */
    public void attachment(Exchange exchange) {
        Documents.Pdf pdf = converted(exchange);
        exchange.setVariable("label", content("pdf", pdf.size(), pdf.name()));
        exchange.setVariable("labelFile", pdf.bytes());
        exchange.setVariable("labelFileName", pdf.name());
    }

    private Documents.Pdf converted(Exchange exchange) {
        Claimed claimed = claimed(exchange);
        Object turn = turns.computeIfAbsent(claimed.eventId(), id -> new Object());
        // Destinations that want the same label at the same moment wait for the one conversion.
        synchronized (turn) {
            try {
                Documents.Pdf made = documents.pdf(claimed.eventId(), Labels.VERSION);
                return made == null ? convert(claimed, label(exchange)) : made;
            } finally {
                turns.remove(claimed.eventId(), turn);
            }
        }
    }

    private Documents.Pdf convert(Claimed claimed, LabelCreated label) {
        String hash = hash(label);
        String name = name(label, "pdf");
        try {
            LabelPdf pdf = labels.convert(source(label, documents.source(hash)));
            return documents.keep(
                    claimed.orderId(),
                    claimed.eventId(),
                    name,
                    hash,
                    label.shipmentId(),
                    new Documents.Converted(
                            pdf.bytes(),
                            pdf.detected().name().toLowerCase(java.util.Locale.ROOT),
                            label.size(),
                            Labels.VERSION,
                            pdf.warnings()));
        } catch (LabelException e) {
            documents.failed(
                    claimed.orderId(),
                    claimed.eventId(),
                    name,
                    hash,
                    label.shipmentId(),
                    e.code().code(),
                    String.valueOf(e.getMessage()));
            throw e;
        }
    }

    private static LabelSource source(LabelCreated label, Documents.Source source) {
        Map<String, byte[]> resources = new LinkedHashMap<>();
        source.resources().forEach((name, data) -> resources.put(name, data.getBytes(US_ASCII)));
        return new LabelSource(
                source.data().getBytes(US_ASCII), label.format(), label.size(), resources, LabelOptions.DEFAULTS);
    }

    private static Map<String, Object> content(@Nullable String format, @Nullable String size, String name) {
        Map<String, Object> content = new LinkedHashMap<>();
        if (format != null) {
            content.put("format", format);
        }
        if (size != null) {
            content.put("size", size);
        }
        content.put("name", name);
        return content;
    }

    private static String name(LabelCreated label, @Nullable String extension) {
        String id = label.id().replaceAll("[^A-Za-z0-9._-]", "_");
        return "label-" + id + (extension == null ? "" : "." + extension.replaceAll("[^A-Za-z0-9]", ""));
    }

    private static String hash(LabelCreated label) {
        return label.data().substring(LabelSources.PREFIX.length());
    }

    private static LabelCreated label(Exchange exchange) {
        return (LabelCreated) claimed(exchange).event();
    }

    private static Claimed claimed(Exchange exchange) {
        return Objects.requireNonNull(exchange.getVariable("delivery", Claimed.class), "labels travel with a delivery");
    }

    private static Channel channel(Exchange exchange) {
        return Routes.bundleOf(exchange)
                .channel(claimed(exchange).channel())
                .orElseThrow(() -> new IllegalStateException("the channel was there when the delivery was claimed"));
    }
}
