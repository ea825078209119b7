package io.waybill.connector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.order.EventJson;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Orders V2 and the V3 APIs of a BigCommerce store, as far as we use them, held against what BigCommerce publishes. */
final class BigCommerceSimulator extends Simulator {
    static final String HASH = "abc123";
    static final String TOKEN = "bc-token-0123456789";
    private static final String V2 = "/stores/" + HASH + "/v2";
    private static final String V3 = "/stores/" + HASH + "/v3";
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss Z", Locale.ENGLISH);
    private static final PublishedContract ORDERS = PublishedContract.of(V2, "bigcommerce/orders.v2.oas2.yml");
    private static final PublishedContract REST = PublishedContract.of(
            V3, "bigcommerce/orders.v3.yml", "bigcommerce/inventory.v3.yml", "bigcommerce/products_catalog.v3.yml");

    final Map<Long, ObjectNode> orders = new LinkedHashMap<>();
    final Map<Long, ArrayNode> shipments = new LinkedHashMap<>();
    final Map<Long, ArrayNode> refunds = new LinkedHashMap<>();
    final Map<String, ObjectNode> articles = new LinkedHashMap<>();
    final ArrayNode hooks = EventJson.MAPPER.createArrayNode();
    volatile Runnable afterPage = () -> {};
    private long ids = 500_000;

    BigCommerceSimulator() {
        on("GET", V2 + "/orders", this::list);
        on("POST", V2 + "/orders", this::create);
        on("GET", V2 + "/orders/(\\d+)", request -> order(request)
                .map(o -> Answer.json(200, shown(o, request)))
                .orElseGet(this::missing));
        on("PUT", V2 + "/orders/(\\d+)", request -> order(request)
                .map(o -> update(o, request.json()))
                .orElseGet(this::missing));
        on("GET", V2 + "/orders/(\\d+)/shipments", request -> listed(of(shipments, request)));
        on("POST", V2 + "/orders/(\\d+)/shipments", this::ship);
        on(
                "GET",
                V3 + "/orders/(\\d+)/payment_actions/refunds",
                request -> Answer.json(200, page(of(refunds, request))));
        on("GET", V3 + "/inventory/items", this::items);
        on("PUT", V3 + "/inventory/adjustments/absolute", this::adjust);
        on("GET", V3 + "/catalog/products", this::products);
        on("POST", V3 + "/catalog/products", this::createProduct);
        on("GET", V3 + "/hooks", request -> Answer.json(200, page(hooks)));
        on("POST", V3 + "/hooks", this::register);
    }

    @Override
    Optional<Answer> unauthorised(Request request) {
        return TOKEN.equals(request.header("X-Auth-Token")) ? Optional.empty() : Optional.of(refused());
    }

    @Override
    Answer refused() {
        return Answer.json(401, "{\"status\":401,\"title\":\"Unauthorized\",\"type\":\"https://example.com/401\"}");
    }

    @Override
    Answer busy() {
        return Answer.json(429, "{\"status\":429,\"title\":\"Too many requests\"}")
                .with("X-Rate-Limit-Time-Window-Ms", "30000")
                .with("X-Rate-Limit-Requests-Left", "0")
                .with("X-Rate-Limit-Time-Reset-Ms", "700");
    }

    /** The published enumeration of sort lacks the directions that its own text tells to append. */
    @Override
    Optional<String> mistake(Request request) {
        if (!"application/json".equals(request.header("Accept"))) {
            return Optional.of("without Accept V2 answers XML");
        }
        if (request.path().startsWith(V3 + "/hooks")) {
            return Optional.empty();
        }
        Map<String, String> query = new LinkedHashMap<>(request.query());
        query.computeIfPresent("sort", (name, sort) -> sort.replaceFirst(":(asc|desc)$", ""));
        Request plain = new Request(
                request.method(),
                request.path(),
                query,
                request.queries(),
                request.headers(),
                request.raw(),
                request.groups());
        return (request.path().startsWith(V2) ? ORDERS : REST).mistake(plain);
    }

    private Answer missing() {
        return Answer.json(404, "[{\"status\":404,\"message\":\"The requested resource was not found.\"}]");
    }

    private static Answer invalid(String message) {
        return Answer.json(400, List.of(Map.of("status", 400, "message", message)));
    }

    private Optional<ObjectNode> order(Request request) {
        return Optional.ofNullable(orders.get(Long.valueOf(request.groups().get(0))));
    }

    private static ArrayNode of(Map<Long, ArrayNode> all, Request request) {
        return all.computeIfAbsent(Long.valueOf(request.groups().get(0)), id -> EventJson.MAPPER.createArrayNode());
    }

    /** V2 has no envelope, and an empty list no body. */
    private static Answer listed(ArrayNode list) {
        return list.isEmpty() ? Answer.empty(204) : Answer.json(200, list);
    }

    private static ObjectNode page(ArrayNode data) {
        return page(data, 1, Math.max(1, data.size()));
    }

    private static ObjectNode page(ArrayNode all, int page, int size) {
        ObjectNode answer = EventJson.MAPPER.createObjectNode();
        ArrayNode data = answer.putArray("data");
        for (int i = (page - 1) * size; i < Math.min(page * size, all.size()); i++) {
            data.add(all.get(i));
        }
        answer.putObject("meta")
                .putObject("pagination")
                .put("total", all.size())
                .put("count", data.size())
                .put("per_page", size)
                .put("current_page", page)
                .put("total_pages", Math.max(1, (all.size() + size - 1) / size));
        return answer;
    }

    private Answer list(Request request) {
        Map<String, String> query = request.query();
        int size = Integer.parseInt(query.getOrDefault("limit", "50"));
        if (size > 250) {
            return Answer.json(413, "[{\"status\":413,\"message\":\"limit is too big\"}]");
        }
        String sort = query.getOrDefault("sort", "id:asc");
        Comparator<ObjectNode> order = sort.startsWith("date_modified")
                ? Comparator.comparing(BigCommerceSimulator::changedAt)
                        .thenComparing(o -> o.path("id").asLong())
                : Comparator.comparing(o -> o.path("id").asLong());
        String key = query.get("external_order_id");
        Instant from = instant(query.get("min_date_modified"), Instant.MIN);
        Instant until = instant(query.get("max_date_modified"), Instant.MAX);
        long minId = Long.parseLong(query.getOrDefault("min_id", "0"));
        ArrayNode answer = EventJson.MAPPER.createArrayNode();
        orders.values().stream()
                .filter(o ->
                        key == null || key.equals(o.path("external_order_id").asText()))
                .filter(o -> !changedAt(o).isBefore(from) && !changedAt(o).isAfter(until))
                .filter(o -> o.path("id").asLong() >= minId)
                .filter(o -> !query.containsKey("status_id")
                        || o.path("status_id").asText().equals(query.get("status_id")))
                .sorted(sort.endsWith(":desc") ? order.reversed() : order)
                .limit(size)
                .forEach(o -> answer.add(shown(o, request)));
        if (query.containsKey("min_date_modified")) {
            afterPage.run();
        }
        return listed(answer);
    }

    private static Instant instant(String text, Instant otherwise) {
        return text == null ? otherwise : ZonedDateTime.parse(text).toInstant();
    }

    private static Instant changedAt(ObjectNode order) {
        return ZonedDateTime.parse(order.path("date_modified").asText(), DATE).toInstant();
    }

    /** Lines come only when they are asked for. */
    private static ObjectNode shown(ObjectNode order, Request request) {
        ObjectNode shown = order.deepCopy();
        if (!"consignments.line_items".equals(request.query().get("include"))
                || !"object".equals(request.query().get("consignment_structure"))) {
            shown.remove("consignments");
        }
        return shown;
    }

    private Answer create(Request request) {
        JsonNode body = request.json();
        if (body.at("/billing_address/zip").asText().length() < 2) {
            return invalid("billing_address.zip is required");
        }
        if (body.path("products").isEmpty()) {
            return invalid("products is required");
        }
        long id = ++ids;
        ObjectNode order = plain(id, Instant.now());
        order.setAll((ObjectNode) body.<ObjectNode>deepCopy().without(List.of("products", "shipping_addresses")));
        ObjectNode parcel = parcel(
                order, (ObjectNode) body.path("shipping_addresses").path(0).deepCopy());
        for (JsonNode wanted : body.path("products")) {
            Optional<ObjectNode> article = articles.values().stream()
                    .filter(a -> same(a.path("id"), wanted.path("product_id"))
                            && same(a.path("variant_id"), wanted.path("variant_id")))
                    .findFirst();
            if (article.isEmpty()) {
                return invalid("The product " + wanted.path("product_id") + " does not exist.");
            }
            ObjectNode line = line(
                    parcel,
                    article.get().path("sku").asText(),
                    wanted.path("quantity").asInt());
            line.put("price_ex_tax", four(wanted.path("price_ex_tax").decimalValue()))
                    .put("price_inc_tax", four(wanted.path("price_inc_tax").decimalValue()));
        }
        for (String amount : List.of("discount_amount", "total_inc_tax", "shipping_cost_ex_tax")) {
            if (order.path(amount).isTextual()) {
                order.put(amount, four(new BigDecimal(order.path(amount).asText())));
            }
        }
        orders.put(id, order);
        return Answer.json(201, order);
    }

    private static String four(BigDecimal amount) {
        return amount.setScale(4, RoundingMode.HALF_UP).toPlainString();
    }

    private Answer update(ObjectNode order, JsonNode body) {
        order.setAll((ObjectNode) body);
        changed(order, Instant.now());
        return Answer.json(200, order);
    }

    /** All that was ordered makes it Shipped, less makes it Partially Shipped. */
    private Answer ship(Request request) {
        ObjectNode order = order(request).orElseThrow();
        JsonNode body = request.json();
        List<ObjectNode> lines = lines(order);
        for (JsonNode item : body.path("items")) {
            Optional<ObjectNode> line = lines.stream()
                    .filter(l -> same(l.path("id"), item.path("order_product_id"))
                            && same(l.path("order_address_id"), body.path("order_address_id")))
                    .findFirst();
            if (line.isEmpty()) {
                return invalid("order_product_id " + item.path("order_product_id") + " is invalid");
            }
            int shipped = line.get().path("quantity_shipped").asInt()
                    + item.path("quantity").asInt();
            if (shipped > line.get().path("quantity").asInt()) {
                return invalid("The quantity is more than what is left to ship.");
            }
            line.get().put("quantity_shipped", shipped);
        }
        ObjectNode shipment = body.deepCopy();
        shipment.put("id", ++ids).put("date_created", stamp(Instant.now()));
        of(shipments, request).add(shipment);
        boolean whole = lines.stream()
                .allMatch(l ->
                        l.path("quantity_shipped").asInt() == l.path("quantity").asInt());
        order.put("status_id", whole ? 2 : 3).put("items_shipped", 1);
        changed(order, Instant.now());
        return Answer.json(201, shipment);
    }

    private static boolean same(JsonNode one, JsonNode other) {
        return one.asLong() == other.asLong();
    }

    static List<ObjectNode> lines(ObjectNode order) {
        List<ObjectNode> lines = new ArrayList<>();
        order.at("/consignments/shipping")
                .forEach(parcel -> parcel.path("line_items").forEach(line -> lines.add((ObjectNode) line)));
        return lines;
    }

    private Answer items(Request request) {
        String skus = request.query().get("sku:in");
        ArrayNode found = EventJson.MAPPER.createArrayNode();
        articles.values().stream()
                .filter(a -> skus == null
                        || List.of(skus.split(",")).contains(a.path("sku").asText()))
                .forEach(a -> found.add(item(a)));
        int page = Integer.parseInt(request.query().getOrDefault("page", "1"));
        return Answer.json(
                200, page(found, page, Integer.parseInt(request.query().getOrDefault("limit", "50"))));
    }

    private static ObjectNode item(ObjectNode article) {
        ObjectNode item = EventJson.MAPPER.createObjectNode();
        item.putObject("identity")
                .put("sku", article.path("sku").asText())
                .put("product_id", article.path("id").asLong())
                .put("variant_id", article.path("variant_id").asLong())
                .putNull("sku_id");
        item.putArray("locations")
                .addObject()
                .put("location_id", 1)
                .put("location_code", "BC-LOCATION-1")
                .put("location_enabled", true)
                .put("available_to_sell", article.path("stock").asLong())
                .put("total_inventory_onhand", article.path("stock").asLong());
        return item;
    }

    private Answer adjust(Request request) {
        for (JsonNode one : request.json().path("items")) {
            ObjectNode article = articles.get(one.path("sku").asText());
            if (article == null || one.path("location_id").asLong() != 1) {
                return Answer.json(
                        422,
                        Map.of("status", 422, "title", "Unprocessable", "errors", Map.of("items", "unknown item")));
            }
            article.put("stock", one.path("quantity").asLong());
        }
        return Answer.json(200, "{\"transaction_id\":\"t-1\"}");
    }

    private Answer products(Request request) {
        ArrayNode found = EventJson.MAPPER.createArrayNode();
        articles.values().forEach(article -> {
            ObjectNode product = article.deepCopy();
            product.remove(List.of("variant_id", "stock"));
            product.putArray("variants")
                    .addObject()
                    .put("id", article.path("variant_id").asLong())
                    .put("sku", article.path("sku").asText())
                    .putNull("price")
                    .putArray("option_values");
            product.putArray("images")
                    .addObject()
                    .put("id", article.path("id").asLong() + 1)
                    .put("url_standard", "https://cdn.example.com/" + article.path("id") + ".jpg")
                    .put("description", "");
            found.add(product);
        });
        int page = Integer.parseInt(request.query().getOrDefault("page", "1"));
        return Answer.json(
                200, page(found, page, Integer.parseInt(request.query().getOrDefault("limit", "50"))));
    }

    private Answer createProduct(Request request) {
        JsonNode body = request.json();
        if (articles.containsKey(body.path("sku").asText())) {
            return Answer.json(409, Map.of("status", 409, "title", "The product sku is a duplicate"));
        }
        article(body.path("sku").asText()).set("price", body.path("price"));
        ObjectNode answer = EventJson.MAPPER.createObjectNode();
        answer.set("data", articles.get(body.path("sku").asText()));
        return Answer.json(200, answer);
    }

    private Answer register(Request request) {
        ObjectNode hook = request.json().deepCopy();
        if (!hook.path("destination").asText().startsWith("https://")) {
            return Answer.json(422, Map.of("status", 422, "title", "The destination must be served over HTTPS"));
        }
        hook.put("id", ++ids);
        hooks.add(hook);
        return Answer.json(200, Map.of("data", hook));
    }

    synchronized ObjectNode article(String sku) {
        return articles.computeIfAbsent(sku, name -> EventJson.MAPPER
                .createObjectNode()
                .put("id", ids += 10)
                .put("variant_id", ids + 5)
                .put("sku", name)
                .put("name", "Article " + name)
                .put("type", "physical")
                .put("is_visible", true)
                .put("price", new BigDecimal("12.5"))
                .put("weight", new BigDecimal("0.3"))
                .put("stock", 5)
                .put("date_modified", "2026-08-01T13:15:00+00:00"));
    }

    /** An order to one address, without lines. */
    synchronized ObjectNode plain(long id, Instant changed) {
        ObjectNode order = EventJson.MAPPER.createObjectNode();
        order.put("id", id)
                .put("customer_id", 0)
                .put("date_created", stamp(changed))
                .put("status_id", 11)
                .put("status", "Awaiting Fulfillment")
                .put("subtotal_ex_tax", "25.0000")
                .put("shipping_cost_ex_tax", "0.0000")
                .put("shipping_cost_tax", "0.0000")
                .put("total_inc_tax", "25.0000")
                .put("total_tax", "0.0000")
                .put("discount_amount", "0.0000")
                .put("coupon_discount", "0.0000")
                .put("items_shipped", 0)
                .put("payment_method", "Credit Card")
                .put("payment_status", "captured")
                .put("currency_code", "USD")
                .put("default_currency_code", "USD")
                .put("staff_notes", "")
                .put("customer_message", "")
                .put("external_order_id", "");
        order.putArray("fees");
        order.putObject("billing_address")
                .put("first_name", "Ada")
                .put("last_name", "Example")
                .put("zip", "78701")
                .put("email", "ada@example.com");
        order.putObject("consignments").putArray("shipping");
        changed(order, changed);
        return order;
    }

    synchronized ObjectNode parcel(ObjectNode order, ObjectNode address) {
        ObjectNode parcel = address.put("id", ++ids);
        parcel.putArray("line_items");
        ((ArrayNode) order.at("/consignments/shipping")).add(parcel);
        return parcel;
    }

    synchronized ObjectNode line(ObjectNode parcel, String sku, int quantity) {
        return ((ArrayNode) parcel.path("line_items"))
                .addObject()
                .put("id", ++ids)
                .put("order_address_id", parcel.path("id").asLong())
                .put("product_id", 77)
                .put("variant_id", 144)
                .put("name", "Mug")
                .put("sku", sku)
                .put("quantity", quantity)
                .put("quantity_shipped", 0)
                .put("price_ex_tax", "12.5000")
                .put("price_inc_tax", "12.5000")
                .put("total_tax", "0.0000");
    }

    static void changed(ObjectNode order, Instant at) {
        order.put("date_modified", stamp(at));
    }

    static String stamp(Instant at) {
        return DATE.format(at.atZone(ZoneOffset.UTC));
    }
}
