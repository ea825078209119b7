package io.waybill.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.waybill.api.access.Caller;
import io.waybill.channel.Channel;
import io.waybill.flow.connector.Articles;
import io.waybill.ledger.AuditLog;
import io.waybill.ledger.ProductRow;
import io.waybill.ledger.Products;
import io.waybill.ledger.Slice;
import io.waybill.ledger.ViewError;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/products")
@Tag(name = "products")
class ProductsApi {
    private final ObjectProvider<Products> products;
    private final ObjectProvider<Articles> articles;
    private final Serving serving;
    private final AuditLog audit;

    ProductsApi(ObjectProvider<Products> products, ObjectProvider<Articles> articles, Serving serving, AuditLog audit) {
        this.products = products;
        this.articles = articles;
        this.serving = serving;
        this.audit = audit;
    }

    @GetMapping
    @Operation(summary = "Articles as channels have them, newest first; filled by import-products and import-images")
    Slice<ProductRow> list(
            @Parameter(description = "Whose article") @RequestParam(required = false) @Nullable String channel,
            @RequestParam(required = false) @Nullable String sku,
            @ParameterObject PageQuery page) {
        return products.getObject().list(Ask.text("channel", channel), Ask.text("sku", sku), page.after(), page.size());
    }

    @PostMapping("/{id}/create-at/{channel}")
    @Operation(summary = "Make this article at another channel", description = "Asking twice may make two.")
    @ApiResponse(responseCode = "201")
    ResponseEntity<Articles.Created> create(@PathVariable long id, @PathVariable String channel, Caller caller) {
        Channel to = serving.channel(channel);
        ProductRow product = products.getObject().find(id).orElseThrow(() -> ViewError.UNKNOWN_PRODUCT.of(id));
        Articles.Created created = articles.getObject().createAt(product, to);
        audit.record(caller.name(), "create-product", null, channel, Map.of("product", String.valueOf(id)));
        return ResponseEntity.status(HttpStatus.CREATED).body(created);
    }
}
