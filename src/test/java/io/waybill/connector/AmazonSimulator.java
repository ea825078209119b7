package io.waybill.connector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.order.EventJson;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/** The Selling Partner API as far as we use it, and the token service of Login with Amazon. */
final class AmazonSimulator extends Simulator {
    static final String CLIENT = "amzn1.application-oa2-client.7";
    static final String SECRET = "amzn1.oa2-cs.v1.9876543210";
    static final String REFRESH = "Atzr|IwEB7";
    static final String SELLER = "A2EXAMPLESELLR";
    static final String MARKETPLACE = "ATVPDKIKX0DER";
    private static final int PAGE = 100;
    private static final Set<String> STATUSES = Set.of(
            "PENDING_AVAILABILITY",
            "PENDING",
            "UNSHIPPED",
            "PARTIALLY_SHIPPED",
            "SHIPPED",
            "CANCELLED",
            "UNFULFILLABLE");
    private static final Set<String> DATA = Set.of(
            "BUYER",
            "RECIPIENT",
            "PROCEEDS",
            "EXPENSE",
            "PROMOTION",
            "CANCELLATION",
            "FULFILLMENT",
            "PACKAGES",
            "TAX",
            "PAYMENT",
            "FULFILLMENT_ORDERS");

    private static final PublishedContract CONTRACT = PublishedContract.of(
            "",
            "amazon/orders_2026-01-01.json",
            "amazon/ordersV0.json",
            "amazon/fulfillmentOutbound_2020-07-01.json",
            "amazon/fbaInventory.json",
            "amazon/listingsItems_2021-08-01.json",
            "amazon/merchantFulfillmentV0.json",
            "amazon/tokens_2021-03-01.json");

    final Map<String, ObjectNode> orders = new LinkedHashMap<>();
    final Map<String, ObjectNode> v0Orders = new LinkedHashMap<>();
    final Map<String, ArrayNode> v0Items = new LinkedHashMap<>();
    final Map<String, ObjectNode> fulfilments = new LinkedHashMap<>();
    final Map<String, ObjectNode> listings = new TreeMap<>();
    final Map<String, Integer> warehouse = new TreeMap<>();
    final Map<String, ObjectNode> shipments = new LinkedHashMap<>();
    final List<String> tokens = new ArrayList<>();
    Runnable afterPage = () -> {};

    /** The next token of a page that comes is none any more. */
    volatile boolean tokenIsGone;

    /** As the real one: it does not say when to come back. */
    volatile boolean waitsLong;

    private final List<String> restricted = new ArrayList<>();

    AmazonSimulator() {
        on("POST", "/auth/o2/token", this::token);
        on("POST", "/tokens/2021-03-01/restrictedDataToken", this::restrictedToken);
        on("GET", "/orders/2026-01-01/orders", this::search);
        on("GET", "/orders/2026-01-01/orders/([^/]+)", request -> found(orders.get(group(request)), "order"));
        on("POST", "/orders/v0/orders/([^/]+)/shipmentConfirmation", this::confirm);
        on("GET", "/orders/v0/orders", this::v0Search);
        on("GET", "/orders/v0/orders/([^/]+)", request -> found(v0Orders.get(group(request)), "payload"));
        on("GET", "/orders/v0/orders/([^/]+)/orderItems", this::v0Items);
        on("GET", "/fba/outbound/2020-07-01/fulfillmentOrders", this::fulfilments);
        on("POST", "/fba/outbound/2020-07-01/fulfillmentOrders", this::fulfil);
        on(
                "GET",
                "/fba/outbound/2020-07-01/fulfillmentOrders/([^/]+)",
                request -> found(fulfilments.get(group(request)), "payload"));
        on("PUT", "/fba/outbound/2020-07-01/fulfillmentOrders/([^/]+)", this::change);
        on("PUT", "/fba/outbound/2020-07-01/fulfillmentOrders/([^/]+)/cancel", this::cancel);
        on("GET", "/fba/inventory/v1/summaries", this::warehouse);
        on("GET", "/listings/2021-08-01/items/" + SELLER, this::listings);
        on("PATCH", "/listings/2021-08-01/items/" + SELLER + "/([^/]+)", this::patch);
        on("GET", "/mfn/v0/shipments/([^/]+)", request -> found(shipments.get(group(request)), "payload"));
    }

    private static String group(Request request) {
        return request.groups().get(0);
    }

    /** What holds names and addresses is given in v0 and for labels to a token of its own only. */
    @Override
    Optional<Answer> unauthorised(Request request) {
        if (request.path().equals("/auth/o2/token")) {
            return Optional.empty();
        }
        boolean personal = request.path().startsWith("/mfn/v0/shipments/")
                || request.path().matches("/orders/v0/orders(/[^/]+)?")
                        && request.method().equals("GET");
        String given = request.header("x-amz-access-token");
        return (personal ? restricted : tokens).contains(given) ? Optional.empty() : Optional.of(refused());
    }

    @Override
    Optional<String> mistake(Request request) {
        if (request.path().equals("/auth/o2/token")) {
            return Optional.empty();
        }
        return request.header("user-agent").startsWith("Waybill/")
                ? CONTRACT.mistake(request)
                : Optional.of("who asks is not said");
    }

    @Override
    Answer refused() {
        return error(403, "Unauthorized", "Access to requested resource is denied.");
    }

    @Override
    Answer busy() {
        Answer busy = error(429, "QuotaExceeded", "You exceeded your quota for the requested resource.");
        return waitsLong ? busy : busy.with("Retry-After", "1");
    }

    private static Answer error(int status, String code, String message) {
        return Answer.json(status, Map.of("errors", List.of(Map.of("code", code, "message", message, "details", ""))));
    }

    private static Answer invalid(String message) {
        return error(400, "InvalidInput", message);
    }

    private static Answer found(JsonNode what, String member) {
        return what == null
                ? error(404, "NotFound", "Resource not found.")
                : Answer.json(200, EventJson.MAPPER.createObjectNode().set(member, what.deepCopy()));
    }

    private Answer token(Request request) {
        Map<String, String> form = request.form();
        if (!form.equals(Map.of(
                "grant_type",
                "refresh_token",
                "refresh_token",
                REFRESH,
                "client_id",
                CLIENT,
                "client_secret",
                SECRET))) {
            violation("the form for a token is wrong: " + form.keySet());
            return Answer.json(400, Map.of("error", "invalid_grant", "error_description", "?"));
        }
        String access = "Atza|" + tokens.size();
        tokens.add(access);
        return Answer.json(
                200,
                Map.of("access_token", access, "refresh_token", REFRESH, "token_type", "bearer", "expires_in", 3600));
    }

    private Answer restrictedToken(Request request) {
        String token = "Atz.sprdt|" + restricted.size();
        restricted.add(token);
        return Answer.json(200, Map.of("restrictedDataToken", token, "expiresIn", 3600));
    }

    /** By the time of the last change; a token names the order after which the next page begins. */
    private Answer search(Request request) {
        Map<String, String> query = request.query();
        String after = query.getOrDefault("lastUpdatedAfter", "");
        if (!after.matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ") || query.containsKey("createdAfter")) {
            return invalid("Exactly one of createdAfter and lastUpdatedAfter, in UTC, is required.");
        }
        if (tokenIsGone && query.containsKey("paginationToken")) {
            tokenIsGone = false;
            return invalid("The paginationToken is invalid or has expired.");
        }
        listed(query, "fulfillmentStatuses", STATUSES);
        listed(query, "fulfilledBy", Set.of("MERCHANT", "AMAZON"));
        listed(query, "includedData", DATA);
        List<ObjectNode> found = orders.values().stream()
                .filter(order -> query.getOrDefault("fulfillmentStatuses", "").isEmpty()
                        || in(query, "fulfillmentStatuses", order.at("/fulfillment/fulfillmentStatus")))
                .filter(order -> in(query, "fulfilledBy", order.at("/fulfillment/fulfilledBy")))
                .filter(order -> in(query, "marketplaceIds", order.at("/salesChannel/marketplaceId")))
                .filter(order -> order.path("lastUpdatedTime").asText().compareTo(after) >= 0)
                .sorted(Comparator.comparing(AmazonSimulator::place))
                .filter(order -> place(order).compareTo(query.getOrDefault("paginationToken", "")) > 0)
                .toList();
        ObjectNode answer = EventJson.MAPPER.createObjectNode();
        int size = Integer.parseInt(query.getOrDefault("maxResultsPerPage", "100"));
        found.stream().limit(size).forEach(order -> answer.withArray("orders").add(order.deepCopy()));
        answer.withArray("orders");
        if (found.size() > size) {
            answer.putObject("pagination").put("nextToken", place(found.get(size - 1)));
        }
        answer.put("lastUpdatedBefore", stamp(Instant.now()));
        if (size == PAGE) {
            afterPage.run();
        }
        return Answer.json(200, answer);
    }

    private static String place(JsonNode order) {
        return order.path("lastUpdatedTime").asText() + "|"
                + order.path("orderId").asText();
    }

    private void listed(Map<String, String> query, String name, Set<String> known) {
        for (String one : query.getOrDefault(name, "").split(",")) {
            if (!one.isEmpty() && !known.contains(one)) {
                violation(name + " is no list of " + known + ": " + one);
            }
        }
    }

    private static boolean in(Map<String, String> query, String name, JsonNode value) {
        return List.of(query.getOrDefault(name, "").split(",")).contains(value.asText());
    }

    /** Told again under the same number, a package is changed. */
    private Answer confirm(Request request) {
        ObjectNode order = orders.get(group(request));
        JsonNode detail = request.json().path("packageDetail");
        if (order == null) {
            return error(404, "NotFound", "Resource not found.");
        }
        if (!request.json().path("marketplaceId").equals(order.at("/salesChannel/marketplaceId"))
                || !detail.path("packageReferenceId").asText().matches("[1-9]\\d{0,9}")
                || detail.path("carrierCode").asText().equals("Other") && !detail.hasNonNull("carrierName")) {
            return invalid("The marketplace, the number of the package or the carrier is wrong.");
        }
        ArrayNode packages = order.withArray("packages");
        for (int i = packages.size() - 1; i >= 0; i--) {
            if (packages.get(i).path("packageReferenceId").equals(detail.path("packageReferenceId"))) {
                packages.remove(i);
            }
        }
        ObjectNode made = packages.addObject();
        made.set("packageReferenceId", detail.path("packageReferenceId"));
        made.set("trackingNumber", detail.path("trackingNumber"));
        made.put("carrier", detail.path("carrierCode").asText())
                .put("shipTime", detail.path("shipDate").asText());
        made.putObject("packageStatus").put("status", "SHIPPED");
        made.set("packageItems", detail.path("orderItems"));
        return count(order) ? Answer.empty(204) : invalid("More is shipped than was ordered.");
    }

    private static boolean count(ObjectNode order) {
        boolean fits = true;
        boolean whole = true;
        for (JsonNode item : order.path("orderItems")) {
            int shipped = StreamSupport.stream(order.path("packages").spliterator(), false)
                    .flatMap(
                            one -> StreamSupport.stream(one.path("packageItems").spliterator(), false))
                    .filter(one -> one.path("orderItemId").equals(item.path("orderItemId")))
                    .mapToInt(one -> one.path("quantity").asInt())
                    .sum();
            fits &= shipped <= item.path("quantityOrdered").asInt();
            whole &= shipped == item.path("quantityOrdered").asInt();
            ((ObjectNode) item)
                    .putObject("fulfillment")
                    .put("quantityFulfilled", shipped)
                    .put("quantityUnfulfilled", item.path("quantityOrdered").asInt() - shipped);
        }
        ((ObjectNode) order.path("fulfillment")).put("fulfillmentStatus", whole ? "SHIPPED" : "PARTIALLY_SHIPPED");
        order.put("lastUpdatedTime", stamp(Instant.now()));
        return fits;
    }

    private Answer v0Search(Request request) {
        Map<String, String> query = request.query();
        ObjectNode answer = EventJson.MAPPER.createObjectNode();
        ObjectNode payload = answer.putObject("payload");
        ArrayNode found = payload.putArray("Orders");
        v0Orders.values().stream()
                .filter(order -> in(query, "OrderStatuses", order.path("OrderStatus"))
                        && in(query, "FulfillmentChannels", order.path("FulfillmentChannel"))
                        && order.path("LastUpdateDate").asText().compareTo(query.getOrDefault("LastUpdatedAfter", "~"))
                                >= 0)
                .forEach(found::add);
        payload.put("LastUpdatedBefore", stamp(Instant.now()));
        return Answer.json(200, answer);
    }

    /** One item a page. */
    private Answer v0Items(Request request) {
        ArrayNode items = v0Items.get(group(request));
        int page = Integer.parseInt(request.query().getOrDefault("NextToken", "0"));
        ObjectNode answer = EventJson.MAPPER.createObjectNode();
        ObjectNode payload = answer.putObject("payload").put("AmazonOrderId", group(request));
        payload.putArray("OrderItems").add(items.get(page));
        if (page + 1 < items.size()) {
            payload.put("NextToken", String.valueOf(page + 1));
        }
        return Answer.json(200, answer);
    }

    private Answer fulfil(Request request) {
        JsonNode body = request.json();
        String id = body.path("sellerFulfillmentOrderId").asText();
        for (JsonNode item : body.path("items")) {
            if (!warehouse.containsKey(item.path("sellerSku").asText())) {
                return invalid("Seller SKU " + item.path("sellerSku").asText() + " is invalid.");
            }
        }
        if (fulfilments.containsKey(id)) {
            return invalid("A fulfillment order with this id already exists.");
        }
        ObjectNode made = EventJson.MAPPER.createObjectNode();
        ObjectNode order = made.putObject("fulfillmentOrder");
        order.setAll((ObjectNode) body.<ObjectNode>deepCopy().without(List.of("items")));
        order.put("receivedDate", stamp(Instant.now()));
        made.set("fulfillmentOrderItems", body.path("items").deepCopy());
        made.path("fulfillmentOrderItems")
                .forEach(item -> ((ObjectNode) item).put("cancelledQuantity", 0).put("unfulfillableQuantity", 0));
        made.putArray("fulfillmentShipments");
        made.putArray("returnItems");
        made.putArray("returnAuthorizations");
        fulfilments.put(id, made);
        stand(id, "Received");
        return Answer.json(200, "{}");
    }

    void stand(String id, String status) {
        ((ObjectNode) fulfilments.get(id).path("fulfillmentOrder"))
                .put("fulfillmentOrderStatus", status)
                .put("statusUpdatedDate", stamp(Instant.now()));
    }

    private Answer change(Request request) {
        ObjectNode made = fulfilments.get(group(request));
        if (made == null) {
            return error(404, "NotFound", "Resource not found.");
        }
        ((ObjectNode) made.path("fulfillmentOrder"))
                .setAll((ObjectNode) request.json().<ObjectNode>deepCopy().without(List.of("items")));
        request.json().path("items").forEach(item -> made.path("fulfillmentOrderItems")
                .forEach(there -> {
                    if (there.path("sellerFulfillmentOrderItemId").equals(item.path("sellerFulfillmentOrderItemId"))) {
                        ((ObjectNode) there).set("quantity", item.path("quantity"));
                    }
                }));
        return Answer.json(200, "{}");
    }

    private Answer cancel(Request request) {
        String status = fulfilments
                .get(group(request))
                .at("/fulfillmentOrder/fulfillmentOrderStatus")
                .asText();
        if (!Set.of("New", "Received", "Planning").contains(status)) {
            return invalid("The order cannot be cancelled any more.");
        }
        stand(group(request), "Cancelled");
        return Answer.json(200, "{}");
    }

    private Answer fulfilments(Request request) {
        String after = request.query().getOrDefault("queryStartDate", "");
        ObjectNode answer = EventJson.MAPPER.createObjectNode();
        ArrayNode found = answer.putObject("payload").putArray("fulfillmentOrders");
        fulfilments.values().stream()
                .map(made -> made.path("fulfillmentOrder"))
                .filter(order -> order.path("statusUpdatedDate").asText().compareTo(after) >= 0)
                .forEach(found::add);
        return Answer.json(200, answer);
    }

    private Answer warehouse(Request request) {
        String skus = request.query().get("sellerSkus");
        ObjectNode answer = EventJson.MAPPER.createObjectNode();
        ObjectNode payload = answer.putObject("payload");
        payload.putObject("granularity").put("granularityType", "Marketplace").put("granularityId", MARKETPLACE);
        ArrayNode found = payload.putArray("inventorySummaries");
        List<String> wanted = warehouse.keySet().stream()
                .filter(sku -> skus == null || List.of(skus.split(",")).contains(sku))
                .toList();
        int page = Integer.parseInt(request.query().getOrDefault("nextToken", "0"));
        wanted.stream().skip(page * 50L).limit(50).forEach(sku -> found.addObject()
                .put("sellerSku", sku)
                .put("totalQuantity", warehouse.get(sku) + 3)
                .putObject("inventoryDetails")
                .put("fulfillableQuantity", warehouse.get(sku)));
        if (wanted.size() > (page + 1) * 50) {
            answer.putObject("pagination").put("nextToken", String.valueOf(page + 1));
        }
        return Answer.json(200, answer);
    }

    private Answer listings(Request request) {
        Map<String, String> query = request.query();
        int size = Integer.parseInt(query.getOrDefault("pageSize", "10"));
        List<ObjectNode> found = listings.values().stream()
                .filter(one -> !query.containsKey("identifiers") || in(query, "identifiers", one.path("sku")))
                .toList();
        int page = Integer.parseInt(query.getOrDefault("pageToken", "0"));
        ObjectNode answer = EventJson.MAPPER.createObjectNode().put("numberOfResults", found.size());
        ArrayNode items = answer.putArray("items");
        found.stream().skip((long) page * size).limit(size).forEach(items::add);
        if (found.size() > (page + 1) * size) {
            answer.putObject("pagination").put("nextToken", String.valueOf(page + 1));
        }
        return Answer.json(200, answer);
    }

    private Answer patch(Request request) {
        ObjectNode listing = listings.get(group(request));
        JsonNode value = request.json().at("/patches/0/value/0");
        if (listing == null || !value.path("fulfillment_channel_code").asText().equals("DEFAULT")) {
            violation("stock of what the seller does not ship: " + group(request));
            return invalid("?");
        }
        ((ObjectNode) listing.path("fulfillmentAvailability").get(0))
                .put("quantity", value.path("quantity").asInt());
        return Answer.json(
                200, Map.of("sku", group(request), "status", "ACCEPTED", "submissionId", "7", "issues", List.of()));
    }

    /** Listed, and in the warehouses. */
    synchronized void article(String sku) {
        warehouse.putIfAbsent(sku, 5);
        listings.computeIfAbsent(sku, name -> listing(name, "DEFAULT"));
    }

    static ObjectNode listing(String sku, String channel) {
        ObjectNode listing = EventJson.MAPPER.createObjectNode().put("sku", sku);
        ObjectNode summary = listing.putArray("summaries").addObject();
        summary.put("marketplaceId", MARKETPLACE)
                .put("asin", "B0" + Integer.toHexString(sku.hashCode()))
                .put("productType", "DRINKING_CUP")
                .put("itemName", "Article " + sku)
                .put("createdDate", "2026-01-01T00:00:00Z")
                .put("lastUpdatedDate", "2026-01-01T00:00:00Z");
        summary.putArray("status").add("BUYABLE");
        summary.putObject("mainImage")
                .put("link", "https://images.example.com/" + sku + ".jpg")
                .put("width", 500)
                .put("height", 500);
        ObjectNode offer = listing.putArray("offers")
                .addObject()
                .put("marketplaceId", MARKETPLACE)
                .put("offerType", "B2C");
        offer.putObject("price").put("currencyCode", "USD").put("amount", "12.50");
        listing.putArray("fulfillmentAvailability")
                .addObject()
                .put("fulfillmentChannelCode", channel)
                .put("quantity", 5);
        return listing;
    }

    static String stamp(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
