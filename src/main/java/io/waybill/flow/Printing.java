package io.waybill.flow;

import io.waybill.label.Labels;
import io.waybill.ledger.Documents;
import io.waybill.ledger.Known;
import io.waybill.ledger.Ledger;
import io.waybill.order.WaybillException;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.component.pdf.PdfHeaderConstants;

/** The bean {@code printing} of {@code routes/flow/print.camel.yaml}, and the way to ask for a print document. */
public final class Printing {
    private static final String FOLDER = "printFolder";

    private final Routes routes;
    private final Ledger ledger;
    private final Documents documents;
    private final Labels labels;

    public Printing(Routes routes, Ledger ledger, Documents documents, Labels labels) {
        this.routes = routes;
        this.ledger = ledger;
        this.documents = documents;
        this.labels = labels;
    }

    /** One PDF: packing slip first, then the labels in the order they came. Made anew each time, from the newest state. */
    public byte[] document(long orderId) {
        Exchange exchange = routes.request("direct:print", e -> e.getMessage().setBody(orderId));
        Fault.rethrow(exchange);
        return exchange.getMessage().getBody(byte[].class);
    }

    /** Writes the parts into a folder of their own. With no label yet, the slip is the whole document. */
    public void parts(Exchange exchange) throws IOException {
        long orderId = exchange.getMessage().getBody(Long.class);
        Known known = ledger.look(orderId);
        if (known == null) {
            throw new WaybillException(FlowError.UNKNOWN_ORDER, "There is no order " + orderId + ".");
        }
        byte[] slip = labels.htmlToPdf(PackingSlip.html(known), "A4");
        Path folder = Files.createTempDirectory("waybill-print-");
        exchange.setVariable(FOLDER, folder);
        List<File> files = new ArrayList<>();
        files.add(write(folder, "0.pdf", slip));
        for (Documents.Pdf label : documents.labels(orderId, null)) {
            files.add(write(folder, files.size() + ".pdf", label.bytes()));
        }
        exchange.getMessage().setBody(slip);
        exchange.getMessage().setHeader(PdfHeaderConstants.FILES_TO_MERGE_HEADER_NAME, files);
    }

    private static File write(Path folder, String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes).toFile();
    }

    public void tidy(Exchange exchange) throws IOException {
        exchange.getMessage().removeHeader(PdfHeaderConstants.FILES_TO_MERGE_HEADER_NAME);
        Path folder = exchange.getVariable(FOLDER, Path.class);
        if (folder == null) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            files.forEach(Printing::delete);
        }
        Files.delete(folder);
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
