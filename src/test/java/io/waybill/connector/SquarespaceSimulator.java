package io.waybill.connector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.order.EventJson;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/**
 * The commerce APIs of a Squarespace site, as far as we use them. Requests are held against the published third-party contract
 * where that agrees with what Squarespace documents; creating orders, adjusting stock and products v2 it has otherwise.
 */
final class SquarespaceSimulator extends Simulator {
    static final String KEY = "sq-key-0123456789";
    private static final String API = "/1.0/commerce";
    private static final int PAGE = 50;
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'");
    private static final List<String> SHOWN_BY_DEFAULT = List.of("NOT_CHARGED", "AUTHORIZED", "PAID", "REFUNDED");
    private static final PublishedContract CONTRACT =
            PublishedContract.of("/1.0", "squarespace/orders.yml", "squarespace/inventory.yml");

    final Map<String, ObjectNode> orders = new LinkedHashMap<>();
    final Map<String, ObjectNode> articles = new LinkedHashMap<>();
    private final Map<String, JsonNode> keys = new HashMap<>();
    volatile Runnable afterPage = () -> {};
    private int ids = 500_000;

    SquarespaceSimulator() {
        on("GET", API + "/orders", this::list);
        on("POST", API + "/orders", this::create);
        on("GET", API + "/orders/([^/]+)", request -> order(request)
                .map(o -> Answer.json(200, o))
                .orElseGet(() -> error(404, "NOT_FOUND_ERROR", null, "The order was not found.")));
        on("POST", API + "/orders/([^/]+)/fulfillments", this::fulfil);
        on(
                "GET",
                API + "/inventory",
                request -> page(request, "inventory", List.copyOf(articles.values()), this::item));
        on("POST", API + "/inventory/adjustments", this::adjust);
        on(
                "GET",
                "/v2/commerce/products",
                request -> page(request, "products", List.copyOf(articles.values()), this::product));
    }

    @Override
    Optional<Answer> unauthorised(Request request) {
        String agent = request.header("User-Agent");
        if (agent == null || !agent.startsWith("Waybill")) {
            violation("a request does not say who sends it: " + agent);
        }
        return ("Bearer " + KEY).equals(request.header("Authorization")) ? Optional.empty() : Optional.of(refused());
    }

    @Override
    Answer refused() {
        return error(401, "AUTHORIZATION_ERROR", null, "You are not authorized to do that.");
    }

    @Override
    Answer busy() {
        return error(429, "RATE_LIMIT_ERROR", null, "Too many requests.");
    }

    private static Answer error(int status, String type, String subtype, String message) {
        ObjectNode error = EventJson.MAPPER.createObjectNode();
        error.put("type", type).put("subtype", subtype).put("message", message).put("contextId", "ctx-1");
        return Answer.json(status, error);
    }

    private static Answer invalid(String message) {
        return error(400, "INVALID_REQUEST_ERROR", null, message);
    }

    @Override
    Optional<String> mistake(Request request) {
        boolean otherwise = request.path().startsWith("/v2")
                || request.method().equals("POST") && !request.path().endsWith("/fulfillments");
        if (otherwise) {
            return Optional.empty();
        }
        Map<String, String> query = new LinkedHashMap<>(request.query());
        query.remove("paymentStates");
        return CONTRACT.mistake(new Request(
                request.method(),
                request.path(),
                query,
                request.queries(),
                request.headers(),
                request.raw(),
                request.groups()));
    }

    private Optional<ObjectNode> order(Request request) {
        return Optional.ofNullable(orders.get(request.groups().get(0)));
    }

    /** Newest change first. A cursor counts on from where it stands among what fits now: what changed in between shifts it. */
    private Answer list(Request request) {
        Map<String, String> query = request.query();
        if (query.containsKey("cursor") && query.size() > 1) {
            return invalid("cursor cannot be combined with other parameters");
        }
        if (query.containsKey("modifiedAfter") != query.containsKey("modifiedBefore")) {
            return invalid("modifiedAfter and modifiedBefore must be given together");
        }
        String[] filter = query.containsKey("cursor")
                ? query.get("cursor").split("\\|", -1)
                : new String[] {
                    query.getOrDefault("modifiedAfter", Instant.EPOCH.toString()),
                    query.getOrDefault("modifiedBefore", "2999-01-01T00:00:00Z"),
                    query.getOrDefault("paymentStates", String.join(",", SHOWN_BY_DEFAULT)),
                    query.getOrDefault("fulfillmentStatus", ""),
                    "0"
                };
        Instant after = Instant.parse(filter[0]);
        Instant before = Instant.parse(filter[1]);
        int from = Integer.parseInt(filter[4]);
        List<ObjectNode> found = orders.values().stream()
                .filter(o -> changedAt(o).isAfter(after) && changedAt(o).isBefore(before))
                .filter(o -> List.of(filter[2].split(","))
                        .contains(o.path("paymentState").asText()))
                .filter(o -> filter[3].isEmpty()
                        || filter[3].equals(o.path("fulfillmentStatus").asText()))
                .sorted(Comparator.comparing(SquarespaceSimulator::changedAt).reversed())
                .toList();
        ObjectNode answer = EventJson.MAPPER.createObjectNode();
        ArrayNode result = answer.putArray("result");
        found.stream().skip(from).limit(PAGE).forEach(o -> result.add(o.deepCopy()));
        filter[4] = String.valueOf(from + PAGE);
        pagination(answer, found.size() > from + PAGE, String.join("|", filter));
        afterPage.run();
        return Answer.json(200, answer);
    }

    private static void pagination(ObjectNode answer, boolean more, String cursor) {
        answer.putObject("pagination")
                .put("hasNextPage", more)
                .put("nextPageCursor", more ? cursor : null)
                .put("nextPageUrl", more ? "https://api.squarespace.com/?cursor=…" : null);
    }

    private static Answer page(
            Request request, String name, List<ObjectNode> all, Function<ObjectNode, ObjectNode> shown) {
        int from = Integer.parseInt(request.query().getOrDefault("cursor", "0"));
        ObjectNode answer = EventJson.MAPPER.createObjectNode();
        ArrayNode list = answer.putArray(name);
        all.stream().skip(from).limit(PAGE).map(shown).forEach(list::add);
        pagination(answer, all.size() > from + PAGE, String.valueOf(from + PAGE));
        return Answer.json(200, answer);
    }

    private static Instant changedAt(ObjectNode order) {
        return Instant.parse(order.path("modifiedOn").asText());
    }

    /** A key that was seen already is answered with nothing. */
    private Answer create(Request request) {
        String key = request.header("Idempotency-Key");
        JsonNode body = request.json();
        if (key == null) {
            return invalid("Idempotency-Key is required");
        }
        if (keys.containsKey(key)) {
            return keys.get(key).equals(body) ? Answer.empty(204) : error(409, "CONFLICT_ERROR", null, "Key in use.");
        }
        for (String wanted : List.of(
                "channelName",
                "createdOn",
                "externalOrderReference",
                "fulfillments",
                "grandTotal",
                "lineItems",
                "priceTaxInterpretation")) {
            if (!body.hasNonNull(wanted)) {
                return invalid(wanted + " is required");
            }
        }
        BigDecimal sum = BigDecimal.ZERO;
        ArrayNode lines = EventJson.MAPPER.createArrayNode();
        for (JsonNode line : body.path("lineItems")) {
            Optional<ObjectNode> article = articles.values().stream()
                    .filter(a -> a.path("variantId").equals(line.path("variantId")))
                    .findFirst();
            if (article.isEmpty()) {
                return invalid("Unknown variant " + line.path("variantId"));
            }
            sum = sum.add(amount(line.path("unitPricePaid"))
                    .multiply(line.path("quantity").decimalValue()));
            ObjectNode made = line.deepCopy();
            made.put("id", "line-" + ++ids)
                    .put("sku", article.get().path("sku").asText())
                    .put("productName", "Mug");
            lines.add(made);
        }
        if (sum.compareTo(amount(body.path("subtotal"))) != 0) {
            return invalid("subtotal is not the sum of the lines");
        }
        BigDecimal total = sum.add(amount(body.path("shippingTotal")))
                .add(amount(body.path("taxTotal")))
                .subtract(amount(body.path("discountTotal")));
        if (total.compareTo(amount(body.path("grandTotal"))) != 0) {
            return invalid("grandTotal is not what it is made of");
        }
        keys.put(key, body);
        String id = "order-" + ++ids;
        ObjectNode order = body.deepCopy();
        order.put("id", id).put("orderNumber", String.valueOf(ids)).put("paymentState", "PAID");
        order.set("lineItems", lines);
        changed(order, Instant.now());
        orders.put(id, order);
        return Answer.json(201, order);
    }

    private static BigDecimal amount(JsonNode money) {
        if (!money.path("value").isTextual()
                || new BigDecimal(money.path("value").asText()).scale() > 2) {
            throw new IllegalArgumentException("an amount is " + money);
        }
        return new BigDecimal(money.path("value").asText());
    }

    private Answer fulfil(Request request) {
        ObjectNode order = order(request).orElseThrow();
        if (!order.path("fulfillmentStatus").asText().equals("PENDING")) {
            return error(409, "CONFLICT_ERROR", null, "The order is not pending.");
        }
        order.put("fulfillmentStatus", "FULFILLED").put("fulfilledOn", stamp(Instant.now()));
        order.set("fulfillments", request.json().path("shipments"));
        changed(order, Instant.now());
        return Answer.empty(204);
    }

    private ObjectNode item(ObjectNode article) {
        ObjectNode item = article.deepCopy();
        item.remove("productId");
        return item;
    }

    private ObjectNode product(ObjectNode article) {
        ObjectNode product = EventJson.MAPPER.createObjectNode();
        product.put("id", article.path("productId").asText())
                .put("type", "PHYSICAL")
                .put("name", article.path("descriptor").asText())
                .put("isVisible", true)
                .put("modifiedOn", "2026-08-01T13:15:00.000Z");
        ObjectNode variant = product.putArray("variants").addObject();
        variant.put("id", article.path("variantId").asText())
                .put("sku", article.path("sku").asText());
        variant.putObject("pricing")
                .put("onSale", false)
                .putObject("basePrice")
                .put("currency", "USD")
                .put("value", "12.50");
        product.putArray("images")
                .addObject()
                .put("id", "i-" + article.path("productId").asText())
                .put("url", "https://images.example.com/mug.jpg");
        return product;
    }

    private Answer adjust(Request request) {
        JsonNode operations = request.json().path("setFiniteOperations");
        if (request.header("Idempotency-Key") == null || operations.isEmpty() || operations.size() > 50) {
            return invalid("Idempotency-Key and 1 to 50 operations are required");
        }
        for (JsonNode one : operations) {
            articles.values().stream()
                    .filter(a -> a.path("variantId").equals(one.path("variantId")))
                    .findFirst()
                    .orElseThrow()
                    .set("quantity", one.path("quantity"));
        }
        return Answer.empty(204);
    }

    synchronized void article(String sku) {
        articles.computeIfAbsent(sku, name -> EventJson.MAPPER
                .createObjectNode()
                .put("variantId", "variant-" + ++ids)
                .put("productId", "product-" + ids)
                .put("sku", name)
                .put("descriptor", "Article " + name)
                .put("isUnlimited", false)
                .put("quantity", 5));
    }

    synchronized ObjectNode plain(String id, String sku, Instant changed) {
        ObjectNode order = EventJson.MAPPER.createObjectNode();
        order.put("id", id)
                .put("orderNumber", id)
                .put("createdOn", stamp(changed))
                .put("customerEmail", "ada@example.com")
                .put("fulfillmentStatus", "PENDING")
                // Left out of a list that does not ask for it.
                .put("paymentState", Integer.parseInt(id) % 10 == 0 ? "PENDING" : "PAID");
        order.putObject("shippingAddress")
                .put("firstName", "Ada")
                .put("lastName", "Example")
                .put("city", "Austin")
                .put("countryCode", "US");
        order.putArray("lineItems")
                .addObject()
                .put("id", "line-" + id)
                .put("lineItemType", "PHYSICAL_PRODUCT")
                .put("sku", sku)
                .put("productName", "Mug")
                .put("quantity", 2)
                .set("unitPricePaid", money("12.50"));
        order.set("subtotal", money("25.00"));
        order.set("grandTotal", money("25.00"));
        changed(order, changed);
        return order;
    }

    static ObjectNode money(String value) {
        return EventJson.MAPPER.createObjectNode().put("currency", "USD").put("value", value);
    }

    static void changed(ObjectNode order, Instant at) {
        order.put("modifiedOn", stamp(at));
    }

    static String stamp(Instant at) {
        return DATE.format(at.atOffset(ZoneOffset.UTC));
    }

    /** The tracking numbers that an order was fulfilled with. */
    synchronized List<String> tracking(String id) {
        List<String> numbers = new ArrayList<>();
        StreamSupport.stream(orders.get(id).path("fulfillments").spliterator(), false)
                .forEach(shipment -> numbers.add(shipment.path("trackingNumber").asText()));
        return numbers;
    }
}
