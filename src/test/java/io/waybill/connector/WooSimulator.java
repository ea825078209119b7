package io.waybill.connector;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.order.EventJson;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The REST API wc/v3 of a WooCommerce shop, as far as we use it. */
final class WooSimulator extends Simulator {
    static final String KEY = "ck_0123456789";
    static final String SECRET = "cs_9876543210";
    private static final String API = "/wp-json/wc/v3";

    final Map<Long, ObjectNode> orders = new LinkedHashMap<>();
    final Map<Long, ArrayNode> notes = new LinkedHashMap<>();
    final Map<String, ObjectNode> articles = new LinkedHashMap<>();
    final Map<Long, ArrayNode> refunds = new LinkedHashMap<>();
    final ArrayNode webhooks = EventJson.MAPPER.createArrayNode();
    Runnable afterPage = () -> {};
    private long ids = 500_000;

    WooSimulator() {
        on("GET", API + "/orders", this::list);
        on("POST", API + "/orders", this::create);
        on("GET", API + "/orders/(\\d+)", request -> order(request)
                .map(o -> Answer.json(200, o))
                .orElseGet(() -> missing(404)));
        on("PUT", API + "/orders/(\\d+)", request -> order(request)
                .map(o -> update(o, request.json()))
                .orElseGet(() -> missing(400)));
        on("GET", API + "/orders/(\\d+)/notes", request -> Answer.json(200, notes(request)));
        on("POST", API + "/orders/(\\d+)/notes", this::note);
        on("GET", API + "/orders/(\\d+)/refunds", request -> Answer.json(200, refunds(request)));
        on("POST", API + "/orders/(\\d+)/refunds", this::refund);
        on("GET", API + "/products", this::products);
        on("POST", API + "/products", this::createProduct);
        on("POST", API + "/products/batch", request -> stock(request, 0));
        on(
                "POST",
                API + "/products/(\\d+)/variations/batch",
                request -> stock(request, Long.parseLong(request.groups().get(0))));
        on("GET", API + "/webhooks", request -> Answer.json(200, webhooks));
        on("POST", API + "/webhooks", this::register);
    }

    @Override
    Optional<Answer> unauthorised(Request request) {
        String wanted = "Basic " + Base64.getEncoder().encodeToString((KEY + ":" + SECRET).getBytes(UTF_8));
        return wanted.equals(request.header("Authorization")) ? Optional.empty() : Optional.of(refused());
    }

    @Override
    Answer refused() {
        return Answer.json(
                401,
                "{\"code\":\"woocommerce_rest_cannot_view\",\"message\":\"Sorry, you cannot list resources.\",\"data\":{\"status\":401}}");
    }

    private static Answer missing(int status) {
        return Answer.json(
                status,
                "{\"code\":\"woocommerce_rest_shop_order_invalid_id\",\"message\":\"Invalid ID.\",\"data\":{\"status\":"
                        + status + "}}");
    }

    private static Answer invalid(String code, String message) {
        return Answer.json(400, Map.of("code", code, "message", message, "data", Map.of("status", 400)));
    }

    private Optional<ObjectNode> order(Request request) {
        return Optional.ofNullable(orders.get(Long.valueOf(request.groups().get(0))));
    }

    /** modified_after is exclusive; a page is at most 100. */
    private Answer list(Request request) {
        int size = Integer.parseInt(request.query().getOrDefault("per_page", "10"));
        if (size > 100) {
            return invalid("rest_invalid_param", "Invalid parameter(s): per_page");
        }
        String after = request.query().get("modified_after");
        String by = request.query().getOrDefault("orderby", "date").equals("modified")
                ? "date_modified_gmt"
                : "date_created_gmt";
        boolean ascending = request.query().getOrDefault("order", "desc").equals("asc");
        Comparator<ObjectNode> order = Comparator.comparing(
                        (ObjectNode o) -> o.path(by).asText())
                .thenComparing(o -> o.path("id").asLong());
        int page = Integer.parseInt(request.query().getOrDefault("page", "1"));
        int offset = Integer.parseInt(request.query().getOrDefault("offset", String.valueOf((page - 1) * size)));
        List<String> statuses =
                List.of(request.query().getOrDefault("status", "any").split(","));
        List<ObjectNode> found = orders.values().stream()
                .filter(o -> statuses.contains("any")
                        ? !o.path("status").asText().equals("trash")
                        : statuses.contains(o.path("status").asText()))
                .filter(o -> after == null
                        || LocalDateTime.parse(o.path("date_modified_gmt").asText())
                                .isAfter(LocalDateTime.parse(after)))
                .sorted(ascending ? order : order.reversed())
                .toList();
        ArrayNode answer = EventJson.MAPPER.createArrayNode();
        found.stream().skip(offset).limit(size).forEach(o -> answer.add(o.deepCopy()));
        if (after != null) {
            afterPage.run();
        }
        return Answer.json(200, answer)
                .with("X-WP-Total", String.valueOf(found.size()))
                .with("X-WP-TotalPages", String.valueOf((found.size() + size - 1) / size));
    }

    private Answer create(Request request) {
        JsonNode body = request.json();
        for (JsonNode line : body.path("line_items")) {
            if (!line.hasNonNull("sku")
                    && line.path("product_id").asLong() == 0
                    && line.path("variation_id").asLong() == 0) {
                return invalid("woocommerce_rest_required_product_reference", "Product ID or SKU is required.");
            }
        }
        long id = ++ids;
        ObjectNode order = plain(id, Instant.now());
        order.setAll((ObjectNode) body.<ObjectNode>deepCopy().without(List.of("line_items", "set_paid")));
        ArrayNode lines = order.putArray("line_items");
        body.path("line_items").forEach(line -> lines.add(line(line)));
        order.set("date_paid_gmt", body.path("set_paid").asBoolean() ? order.get("date_created_gmt") : null);
        orders.put(id, order);
        return Answer.json(201, order);
    }

    /** An SKU or id that it does not know becomes a line without anything. */
    private ObjectNode line(JsonNode wanted) {
        ObjectNode line = wanted.deepCopy();
        line.put("id", ++ids);
        String sku = articles.values().stream()
                .filter(a -> a.path("id").asLong()
                                == Math.max(wanted.path("variation_id").asLong(), 0)
                        || wanted.path("variation_id").asLong() == 0
                                && a.path("id").asLong()
                                        == wanted.path("product_id").asLong())
                .map(a -> a.path("sku").asText())
                .findFirst()
                .orElse("");
        line.put("sku", sku);
        for (String amount : List.of("subtotal", "total")) {
            if (wanted.hasNonNull(amount) && !wanted.path(amount).isTextual()) {
                violation(amount + " of a line is no string");
            }
        }
        line.put("total_tax", "0.00");
        return line;
    }

    private Answer update(ObjectNode order, JsonNode body) {
        body.properties().forEach(member -> {
            switch (member.getKey()) {
                case "line_items" -> lines(order, member.getValue());
                case "meta_data" -> meta(order, member.getValue());
                default -> order.set(member.getKey(), member.getValue());
            }
        });
        changed(order, Instant.now());
        return Answer.json(200, order);
    }

    private void lines(ObjectNode order, JsonNode wanted) {
        ArrayNode lines = (ArrayNode) order.get("line_items");
        wanted.forEach(one -> {
            if (!one.hasNonNull("id")) {
                lines.add(line(one));
                return;
            }
            for (int i = 0; i < lines.size(); i++) {
                if (lines.get(i).path("id").asLong() == one.path("id").asLong()) {
                    if (one.has("quantity") && one.path("quantity").asInt() == 0) {
                        lines.remove(i);
                    } else {
                        ((ObjectNode) lines.get(i)).setAll((ObjectNode) one);
                    }
                    return;
                }
            }
            violation("line " + one.path("id") + " is not in the order");
        });
    }

    private static void meta(ObjectNode order, JsonNode wanted) {
        ArrayNode meta = (ArrayNode) order.get("meta_data");
        wanted.forEach(one -> {
            for (int i = 0; i < meta.size(); i++) {
                if (meta.get(i).path("key").equals(one.path("key"))) {
                    meta.remove(i);
                }
            }
            meta.add(one);
        });
    }

    private ArrayNode notes(Request request) {
        return notes.computeIfAbsent(Long.valueOf(request.groups().get(0)), id -> EventJson.MAPPER.createArrayNode());
    }

    private Answer note(Request request) {
        ObjectNode note = request.json().deepCopy();
        note.put("id", ++ids);
        notes(request).add(note);
        return Answer.json(201, note);
    }

    private ArrayNode refunds(Request request) {
        return refunds.computeIfAbsent(Long.valueOf(request.groups().get(0)), id -> EventJson.MAPPER.createArrayNode());
    }

    private Answer refund(Request request) {
        ObjectNode refund = request.json().deepCopy();
        if (!refund.path("amount").isTextual()
                || new BigDecimal(refund.path("amount").asText()).signum() <= 0) {
            return invalid("woocommerce_rest_invalid_order_refund", "Refund amount must be greater than zero.");
        }
        if (refund.path("api_refund").asBoolean(true)) {
            violation("a refund would have paid back money");
        }
        refund.put("id", ++ids).put("date_created_gmt", stamp(Instant.now()));
        refunds(request).add(refund);
        return Answer.json(201, refund);
    }

    private Answer products(Request request) {
        String skus = request.query().get("sku");
        int size = Integer.parseInt(request.query().getOrDefault("per_page", "10"));
        int page = Integer.parseInt(request.query().getOrDefault("page", "1"));
        List<ObjectNode> found = new ArrayList<>(articles.values().stream()
                .filter(a -> skus == null
                        || List.of(skus.split(",")).contains(a.path("sku").asText()))
                .toList());
        ArrayNode answer = EventJson.MAPPER.createArrayNode();
        found.stream().skip((long) (page - 1) * size).limit(size).forEach(answer::add);
        return Answer.json(200, answer).with("X-WP-TotalPages", String.valueOf((found.size() + size - 1) / size));
    }

    private Answer createProduct(Request request) {
        ObjectNode article = request.json().deepCopy();
        if (articles.containsKey(article.path("sku").asText())) {
            return invalid("product_invalid_sku", "Invalid or duplicated SKU.");
        }
        article.put("id", ++ids).put("type", "simple");
        articles.put(article.path("sku").asText(), article);
        return Answer.json(201, article);
    }

    /** @param parent of variations; 0 for articles */
    private Answer stock(Request request, long parent) {
        request.json().path("update").forEach(one -> articles.values().stream()
                .filter(a -> a.path("id").asLong() == one.path("id").asLong()
                        && a.path("parent_id").asLong() == parent)
                .forEach(a -> a.setAll((ObjectNode) one)));
        return Answer.json(200, Map.of("update", request.json().path("update")));
    }

    private Answer register(Request request) {
        ObjectNode hook = request.json().deepCopy();
        hook.put("id", ++ids).put("status", "active");
        webhooks.add(hook);
        return Answer.json(201, hook);
    }

    synchronized void article(String sku) {
        articles.computeIfAbsent(sku, name -> EventJson.MAPPER
                .createObjectNode()
                .put("id", ++ids)
                .put("sku", name)
                .put("name", "Article " + name)
                .put("type", "simple")
                .put("status", "publish")
                .put("price", "12.50")
                .put("manage_stock", true)
                .put("stock_quantity", 5)
                .put("date_modified_gmt", stamp(Instant.now())));
    }

    synchronized ObjectNode plain(long id, Instant changed) {
        ObjectNode order = EventJson.MAPPER.createObjectNode();
        order.put("id", id)
                .put("number", String.valueOf(id))
                .put("status", "processing")
                .put("currency", "USD")
                .put("date_created_gmt", stamp(changed))
                .put("date_paid_gmt", stamp(changed))
                .put("discount_total", "0.00")
                .put("shipping_total", "0.00")
                .put("shipping_tax", "0.00")
                .put("total", "25.00")
                .put("total_tax", "0.00")
                .put("customer_id", 0)
                .put("customer_note", "")
                .put("payment_method", "card")
                .put("transaction_id", "");
        order.putObject("billing")
                .put("first_name", "Ada")
                .put("last_name", "Example")
                .put("email", "ada@example.com");
        order.putObject("shipping")
                .put("first_name", "Ada")
                .put("last_name", "Example")
                .put("city", "Austin")
                .put("country", "US");
        List.of("meta_data", "line_items", "tax_lines", "shipping_lines", "fee_lines", "coupon_lines", "refunds")
                .forEach(order::putArray);
        changed(order, changed);
        return order;
    }

    static void changed(ObjectNode order, Instant at) {
        order.put("date_modified_gmt", stamp(at));
    }

    /** UTC without a mark, to the second. */
    static String stamp(Instant at) {
        return LocalDateTime.ofInstant(at.truncatedTo(ChronoUnit.SECONDS), ZoneOffset.UTC)
                .format(java.time.format.DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss"));
    }
}
