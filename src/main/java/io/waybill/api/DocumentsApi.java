package io.waybill.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.waybill.flow.Printing;
import io.waybill.ledger.DocumentRow;
import io.waybill.ledger.DocumentViews;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/orders/{id}/documents")
@Tag(name = "documents")
public class DocumentsApi {
    private final DocumentViews documents;
    private final Printing printing;

    DocumentsApi(DocumentViews documents, Printing printing) {
        this.documents = documents;
        this.printing = printing;
    }

    public record Documents(List<DocumentRow> items) {}

    @GetMapping
    @Operation(summary = "Labels and print documents of an order")
    public Documents list(@PathVariable long id) {
        return new Documents(documents.of(id));
    }

    @GetMapping("/print")
    @Operation(summary = "Packing slip and labels as one PDF to print, made from the order's newest state")
    @ApiResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_PDF_VALUE,
                            schema = @Schema(type = "string", format = "binary")))
    public ResponseEntity<byte[]> print(@PathVariable long id) {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_PDF)
                .header(HttpHeaders.CONTENT_DISPOSITION, disposition("order-" + id + ".pdf", MediaType.APPLICATION_PDF))
                .header(HttpHeaders.CACHE_CONTROL, "private, no-store")
                .body(printing.document(id));
    }

    /** A label's HTML came from outside: it is saved, never shown as a page of ours. */
    @GetMapping("/{doc}")
    @Operation(summary = "A document's PDF, or with original=true the bytes as they came")
    @ApiResponse(
            responseCode = "200",
            content = @Content(mediaType = "*/*", schema = @Schema(type = "string", format = "binary")))
    public ResponseEntity<byte[]> one(
            @PathVariable long id,
            @PathVariable long doc,
            @Schema(type = "boolean", defaultValue = "false") @RequestParam(required = false) @Nullable
                    String original) {
        DocumentViews.Content content = documents.content(id, doc, Ask.flag("original", original));
        MediaType type = mediaType(content.mediaType());
        return ResponseEntity.ok()
                .contentType(type)
                .header(HttpHeaders.CONTENT_DISPOSITION, disposition(content.name(), type))
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", "sandbox; default-src 'none'")
                .header(HttpHeaders.CACHE_CONTROL, "private, no-store")
                .body(content.bytes());
    }

    private static String disposition(String name, MediaType type) {
        ContentDisposition.Builder how =
                type.equals(MediaType.APPLICATION_PDF) ? ContentDisposition.inline() : ContentDisposition.attachment();
        return how.filename(name, StandardCharsets.UTF_8).build().toString();
    }

    private static MediaType mediaType(String stored) {
        try {
            return MediaType.parseMediaType(stored);
        } catch (org.springframework.http.InvalidMediaTypeException e) {
            return MediaType.APPLICATION_OCTET_STREAM;
        }
    }
}
