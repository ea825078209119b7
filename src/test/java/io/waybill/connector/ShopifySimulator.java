package io.waybill.connector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import graphql.GraphQLException;
import graphql.language.Document;
import graphql.language.Field;
import graphql.parser.Parser;
import io.waybill.order.EventJson;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * The GraphQL Admin API of a Shopify store, as far as we use it. Every document and its variables are held against the
 * published schema where that is there; answers hold what the document selects and nothing else.
 */
final class ShopifySimulator extends Simulator {
    static final String TOKEN = "shpat_0123456789abcdef";
    private static final Pattern CHANGED = Pattern.compile(
            "updated_at:>='([0-9TZ:-]+)'(?: AND tag:'([^']*)')?(?: AND \\(((?:[a-z_]+:[a-z_]+)(?: OR [a-z_]+:[a-z_]+)*)\\))?");
    private static final Pattern TERM = Pattern.compile("'((?:[^'\\\\]|\\\\.)*)'");
    static final String LOCATION = "gid://shopify/Location/67890123456";
    private static final String UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";

    /** By their number. */
    final Map<Long, ObjectNode> orders = new LinkedHashMap<>();

    final Map<String, ObjectNode> variants = new LinkedHashMap<>();
    final ArrayNode webhooks = EventJson.MAPPER.createArrayNode();
    final List<String> scopes = new ArrayList<>(List.of(
            "write_orders",
            "read_all_orders",
            "write_merchant_managed_fulfillment_orders",
            "write_returns",
            "read_products",
            "write_inventory",
            "read_locations"));
    Runnable afterPage = () -> {};
    private final Map<String, Function<Asked, JsonNode>> operations = new HashMap<>();
    private final Map<String, JsonNode> byKey = new HashMap<>();
    /** The valid ones, by their text. */
    private final Map<String, Document> documents = new HashMap<>();

    private long ids = 9_007_199_254_750_000L;

    /** One operation as it was sent. */
    private record Asked(Selection selection, JsonNode variables) {
        ObjectNode input() {
            return (ObjectNode) variables.path("input");
        }
    }

    ShopifySimulator() {
        // Reading the schema takes seconds: before anybody waits for an answer.
        AdminSchema.isThere();
        on("POST", "/admin/api/2026-10/graphql.json", this::graphql);
        operations.put("OrderById", asked -> node("order", order(asked)));
        operations.put("OrderLines", asked -> node("order", order(asked)));
        operations.put("OrderFacts", asked -> node("order", order(asked)));
        operations.put("OrderStanding", asked -> node("order", order(asked)));
        operations.put("OrderToShip", asked -> node("order", order(asked)));
        operations.put("OrderToReturn", asked -> node("order", order(asked)));
        operations.put("OrderPayments", asked -> node("order", order(asked)));
        operations.put("OrderTags", asked -> node("order", order(asked)));
        operations.put("OrdersChanged", this::changed);
        operations.put("OrderBySource", this::bySource);
        operations.put("VariantsBySku", this::bySku);
        operations.put("CreateOrder", this::create);
        operations.put("UpdateOrder", this::update);
        operations.put("CancelOrder", this::cancel);
        operations.put("RefundOrder", this::refund);
        operations.put("ShipOrder", this::ship);
        operations.put("RememberShipments", this::remember);
        operations.put("ReturnOrder", this::returned);
        operations.put("SetTags", this::tags);
        operations.put("Webhooks", asked -> node("webhookSubscriptions", nodes(webhooks)));
        operations.put("RegisterWebhook", this::register);
        operations.put("Account", this::account);
        operations.put("Articles", this::articles);
        operations.put("Stock", asked -> node("productVariants", nodes(array(variants.values()))));
        operations.put("StockAt", this::bySku);
        operations.put("SetStock", this::setStock);
        operations.put("CreateProduct", this::createProduct);
    }

    @Override
    Optional<Answer> unauthorised(Request request) {
        return TOKEN.equals(request.header("X-Shopify-Access-Token")) ? Optional.empty() : Optional.of(refused());
    }

    @Override
    Answer refused() {
        return Answer.json(
                401, "{\"errors\":\"[API] Invalid API key or access token (unrecognized login or wrong password)\"}");
    }

    /** 200, with the cost of the query and what the bucket holds. */
    @Override
    Answer busy() {
        return Answer.json(
                200,
                "{\"errors\":[{\"message\":\"Throttled\",\"extensions\":{\"code\":\"THROTTLED\"}}],\"extensions\":{\"cost\":"
                        + "{\"requestedQueryCost\":120,\"actualQueryCost\":null,\"throttleStatus\":"
                        + "{\"maximumAvailable\":2000.0,\"currentlyAvailable\":70,\"restoreRate\":100.0}}}}");
    }

    private Answer graphql(Request request) {
        JsonNode body = request.json();
        Document document;
        try {
            document = documents.computeIfAbsent(body.path("query").asText(), ShopifySimulator::valid);
        } catch (GraphQLException e) {
            return wrong(String.valueOf(e.getMessage()));
        }
        Optional<String> mistake = AdminSchema.variablesMistake(document, body.path("variables"));
        if (mistake.isPresent()) {
            return wrong(mistake.get());
        }
        Asked asked =
                new Asked(new Selection(document, body.path("variables"), this::violation), body.path("variables"));
        Function<Asked, JsonNode> operation =
                operations.get(asked.selection().operation().getName());
        return operation == null
                ? wrong("no operation " + asked.selection().operation().getName())
                : Answer.json(200, node("data", asked.selection().of(operation.apply(asked))));
    }

    private static Document valid(String text) {
        Document document = Parser.parse(text);
        AdminSchema.documentMistake(document).ifPresent(mistake -> {
            throw new GraphQLException(mistake);
        });
        return document;
    }

    private Answer wrong(String message) {
        violation(message);
        return Answer.json(200, Map.of("errors", List.of(Map.of("message", message))));
    }

    static ObjectNode node(String name, JsonNode value) {
        ObjectNode node = EventJson.MAPPER.createObjectNode();
        node.set(name, value);
        return node;
    }

    private static ObjectNode nodes(ArrayNode nodes) {
        return node("nodes", nodes);
    }

    private JsonNode order(Asked asked) {
        return byGid(asked.variables().path("id").asText());
    }

    private JsonNode byGid(String gid) {
        if (!gid.startsWith("gid://shopify/Order/")) {
            violation(gid + " is no order's id");
            return NullNode.instance;
        }
        ObjectNode order = orders.get(Long.valueOf(gid.substring(gid.lastIndexOf('/') + 1)));
        return order == null ? NullNode.instance : order;
    }

    private JsonNode changed(Asked asked) {
        Matcher query = CHANGED.matcher(asked.variables().path("query").asText());
        if (!query.matches()) {
            violation("the search " + asked.variables().path("query").asText() + " finds something else than it says");
            return NullNode.instance;
        }
        String after = asked.variables().path("after").asText("");
        List<ObjectNode> found = orders.values().stream()
                .filter(o -> o.path("updatedAt").asText().compareTo(query.group(1)) >= 0)
                .filter(o -> query.group(2) == null || has(o.path("tags"), query.group(2)))
                .filter(o -> query.group(3) == null || fits(o, query.group(3)))
                .sorted(Comparator.comparing(ShopifySimulator::position))
                .filter(o -> after.isEmpty() || position(o).compareTo(after) > 0)
                .toList();
        ArrayNode page = EventJson.MAPPER.createArrayNode();
        found.stream().limit(100).map(ObjectNode::deepCopy).forEach(page::add);
        ObjectNode answer = nodes(page);
        answer.putObject("pageInfo")
                .put("hasNextPage", found.size() > page.size())
                .put("endCursor", page.isEmpty() ? null : position(page.get(page.size() - 1)));
        afterPage.run();
        return node("orders", answer);
    }

    private static String position(JsonNode order) {
        return order.path("updatedAt").asText() + "/"
                + order.path("legacyResourceId").asText();
    }

    private static boolean fits(JsonNode order, String terms) {
        return List.of(terms.split(" OR ")).stream().anyMatch(term -> switch (term.split(":")[0]) {
            case "financial_status" ->
                term.split(":")[1].equalsIgnoreCase(
                        order.path("displayFinancialStatus").asText());
            case "status" ->
                term.equals("status:cancelled") && !order.path("cancelledAt").isNull();
            default ->
                term.split(":")[1].equalsIgnoreCase(
                        order.path("displayFulfillmentStatus").asText());
        });
    }

    private static boolean has(JsonNode array, String text) {
        return StreamSupport.stream(array.spliterator(), false)
                .anyMatch(one -> one.asText().equals(text));
    }

    private JsonNode bySource(Asked asked) {
        List<String> terms = terms(asked, "source_identifier:");
        ArrayNode found = EventJson.MAPPER.createArrayNode();
        orders.values().stream()
                .filter(o -> terms.contains(o.path("sourceIdentifier").asText()))
                .forEach(found::add);
        return node("orders", nodes(found));
    }

    private JsonNode bySku(Asked asked) {
        ArrayNode found = EventJson.MAPPER.createArrayNode();
        // By words, as the real search does: "MUG" finds MUG-BLUE.
        terms(asked, "sku:").forEach(sku -> variants.values().stream()
                .filter(v -> v.path("sku").asText().startsWith(sku))
                .forEach(found::add));
        return node("productVariants", nodes(found));
    }

    private List<String> terms(Asked asked, String field) {
        List<String> terms = new ArrayList<>();
        for (String term : asked.variables().path("query").asText().split(" OR ")) {
            Matcher quoted = TERM.matcher(term.substring(Math.min(term.length(), field.length())));
            if (!term.startsWith(field) || !quoted.matches()) {
                violation("the search " + term + " finds something else than it says");
            } else {
                terms.add(quoted.group(1).replace("\\'", "'"));
            }
        }
        return terms;
    }

    private JsonNode create(Asked asked) {
        JsonNode input = asked.variables().path("order");
        for (JsonNode line : input.path("lineItems")) {
            boolean known =
                    variants.values().stream().anyMatch(v -> v.path("id").equals(line.path("variantId")));
            if (!known && !line.path("title").isTextual() | line.has("variantId")) {
                return node("orderCreate", errors("order", "variant", "Variant does not exist", "INVALID"));
            }
        }
        long id = ++ids;
        ObjectNode order = plain(id, Instant.now());
        order.put("name", input.path("name").asText("#" + id));
        for (String member : List.of("sourceIdentifier", "email", "note", "tags", "customAttributes")) {
            if (input.has(member)) {
                order.set(member, input.get(member));
            }
        }
        order.put("currencyCode", input.path("currency").asText("USD"));
        order.set("shippingAddress", address(input.path("shippingAddress")));
        order.set("billingAddress", address(input.path("billingAddress")));
        order.put("displayFinancialStatus", input.path("transactions").isEmpty() ? "PENDING" : "PAID");
        if (!input.path("shippingLines").isEmpty()) {
            ObjectNode shipping = order.putObject("shippingLine");
            shipping.set("title", input.at("/shippingLines/0/title"));
            shipping.set("originalPriceSet", input.at("/shippingLines/0/priceSet"));
            shipping.putArray("taxLines");
            shipping.putArray("discountAllocations");
        }
        order.set("discountCode", input.path("discountCode"));
        ArrayNode payments = order.putArray("transactions");
        input.path("transactions").forEach(payment -> payments.add(payment(payment)));
        input.path("lineItems").forEach(line -> addLine(order, line(line)));
        orders.put(id, order);
        return node("orderCreate", ok("order", order));
    }

    private ObjectNode payment(JsonNode wanted) {
        ObjectNode payment = wanted.deepCopy();
        payment.put("id", gid("OrderTransaction", ++ids)).putNull("paymentId");
        payment.putObject("maximumRefundableV2")
                .put("amount", wanted.at("/amountSet/shopMoney/amount").asText())
                .put(
                        "currencyCode",
                        wanted.at("/amountSet/shopMoney/currencyCode").asText());
        return payment;
    }

    private ObjectNode line(JsonNode wanted) {
        ObjectNode variant = variants.values().stream()
                .filter(v -> v.path("id").equals(wanted.path("variantId")))
                .findFirst()
                .orElseThrow();
        ObjectNode line = line(
                ++ids, variant.path("sku").asText(), wanted.path("quantity").asInt());
        line.set("title", wanted.path("title"));
        if (wanted.has("priceSet")) {
            line.set("originalUnitPriceSet", wanted.path("priceSet"));
        }
        ArrayNode attributes = line.putArray("customAttributes");
        wanted.path("properties").forEach(property -> attributes
                .addObject()
                .put("key", property.path("name").asText())
                .put("value", property.path("value").asText()));
        return line;
    }

    private static JsonNode address(JsonNode input) {
        if (!input.isObject()) {
            return NullNode.instance;
        }
        ObjectNode address = EventJson.MAPPER.createObjectNode();
        for (String member : List.of(
                "firstName", "lastName", "company", "address1", "address2", "city", "provinceCode", "zip", "phone")) {
            address.set(member, input.path(member).isMissingNode() ? NullNode.instance : input.path(member));
        }
        address.set("province", address.get("provinceCode"));
        address.put("countryCodeV2", input.path("countryCode").asText());
        return address;
    }

    static ObjectNode ok(String name, JsonNode value) {
        ObjectNode answer = node(name, value);
        answer.putArray("userErrors");
        return answer;
    }

    private static ObjectNode errors(String name, String field, String message, String code) {
        ObjectNode answer = node(name, NullNode.instance);
        ObjectNode error = answer.putArray("userErrors").addObject();
        error.putArray("field").add(field);
        error.put("message", message);
        if (code != null) {
            error.put("code", code);
        }
        return answer;
    }

    private JsonNode update(Asked asked) {
        ObjectNode order = (ObjectNode) byGid(asked.input().path("id").asText());
        for (String member : List.of("email", "note", "tags", "customAttributes")) {
            if (asked.input().has(member)) {
                order.set(member, asked.input().get(member));
            }
        }
        if (asked.input().has("shippingAddress")) {
            order.set("shippingAddress", address(asked.input().path("shippingAddress")));
        }
        touch(order);
        return node("orderUpdate", ok("order", order));
    }

    private JsonNode cancel(Asked asked) {
        ObjectNode order = (ObjectNode) order(asked);
        ObjectNode answer = EventJson.MAPPER.createObjectNode();
        ArrayNode errors = answer.putArray("orderCancelUserErrors");
        if (!order.path("cancelledAt").isNull()) {
            errors.addObject()
                    .put("message", "Order has already been cancelled")
                    .put("code", "INVALID")
                    .putArray("field");
            return node("orderCancel", answer.putNull("job"));
        }
        if (asked.variables().path("refund").asBoolean()) {
            violation("a cancellation would have paid back money");
        }
        order.put("cancelledAt", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        touch(order);
        answer.putObject("job").put("id", "gid://shopify/Job/1").put("done", false);
        return node("orderCancel", answer);
    }

    private JsonNode refund(Asked asked) {
        return once(asked, "refundCreate", () -> {
            ObjectNode order = (ObjectNode) byGid(asked.input().path("orderId").asText());
            for (JsonNode payment : asked.input().path("transactions")) {
                for (JsonNode there : order.path("transactions")) {
                    if (there.path("id").equals(payment.path("parentId"))) {
                        take(
                                (ObjectNode) there.path("maximumRefundableV2"),
                                payment.path("amount").asText());
                    }
                }
            }
            ObjectNode refund = order.withArray("refunds").addObject();
            refund.put("id", gid("Refund", ++ids))
                    .put("note", asked.input().path("note").asText())
                    .put(
                            "createdAt",
                            Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
            refund.set(
                    "totalRefundedSet",
                    money(asked.input().at("/transactions/0/amount").asText("0.0")));
            ArrayNode lines = EventJson.MAPPER.createArrayNode();
            refund.set("refundLineItems", nodes(lines));
            asked.input().path("refundLineItems").forEach(wanted -> {
                ObjectNode line =
                        (ObjectNode) line(order, wanted.path("lineItemId").asText());
                int left = line.path("currentQuantity").asInt()
                        - wanted.path("quantity").asInt();
                line.put("currentQuantity", left).put("refundableQuantity", left);
                ObjectNode taken = lines.addObject();
                taken.set("quantity", wanted.path("quantity"));
                taken.set("restockType", wanted.path("restockType"));
                taken.putObject("lineItem").set("id", line.path("id"));
            });
            touch(order);
            return ok("refund", refund);
        });
    }

    private static void take(ObjectNode money, String amount) {
        money.put(
                "amount",
                new BigDecimal(money.path("amount").asText())
                        .subtract(new BigDecimal(amount))
                        .toPlainString());
    }

    /** Such a change needs a key, and is done once for each. */
    private JsonNode once(Asked asked, String name, java.util.function.Supplier<JsonNode> change) {
        Field field = (Field)
                asked.selection().operation().getSelectionSet().getSelections().get(0);
        String key = field.getDirectives("idempotent").stream()
                .map(directive -> asked.selection()
                        .value(directive.getArgument("key").getValue())
                        .asText())
                .findFirst()
                .orElse("");
        if (!key.matches(UUID)) {
            violation(name + " without a UUID as its idempotency key");
        }
        return node(name, byKey.computeIfAbsent(key, none -> change.get()));
    }

    private static JsonNode line(JsonNode order, String gid) {
        return StreamSupport.stream(order.at("/lineItems/nodes").spliterator(), false)
                .filter(line -> line.path("id").asText().equals(gid))
                .findFirst()
                .orElseThrow();
    }

    private JsonNode ship(Asked asked) {
        JsonNode input = asked.variables().path("fulfillment");
        JsonNode part = input.at("/lineItemsByFulfillmentOrder/0");
        for (ObjectNode order : orders.values()) {
            for (JsonNode open : order.at("/fulfillmentOrders/nodes")) {
                if (open.path("id").equals(part.path("fulfillmentOrderId"))) {
                    return node("fulfillmentCreate", ship(order, (ObjectNode) open, part, input.path("trackingInfo")));
                }
            }
        }
        return node(
                "fulfillmentCreate",
                errors("fulfillment", "fulfillment", "Fulfillment order does not exist.", "INVALID"));
    }

    private ObjectNode ship(ObjectNode order, ObjectNode open, JsonNode part, JsonNode tracking) {
        ArrayNode sent = EventJson.MAPPER.createArrayNode();
        for (JsonNode wanted : part.path("fulfillmentOrderLineItems")) {
            for (JsonNode line : open.at("/lineItems/nodes")) {
                int left = line.path("remainingQuantity").asInt()
                        - wanted.path("quantity").asInt();
                if (line.path("id").equals(wanted.path("id"))) {
                    if (left < 0 || !open.path("status").asText().equals("OPEN")) {
                        return errors(
                                "fulfillment",
                                "fulfillment",
                                "Invalid fulfillment order line item quantity requested.",
                                "INVALID");
                    }
                    ((ObjectNode) line).put("remainingQuantity", left);
                    ObjectNode one = sent.addObject();
                    one.put("id", gid("FulfillmentLineItem", ++ids));
                    one.set("quantity", wanted.path("quantity"));
                    one.set("lineItem", line.path("lineItem"));
                }
            }
        }
        ObjectNode fulfilment = order.withArray("fulfillments").addObject();
        fulfilment
                .put("id", gid("Fulfillment", ++ids))
                .put("status", "SUCCESS")
                .put("displayStatus", "FULFILLED")
                .put("createdAt", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        ArrayNode numbers = fulfilment.putArray("trackingInfo");
        if (tracking.isObject()) {
            ObjectNode number = numbers.addObject();
            for (String member : List.of("company", "number", "url")) {
                number.set(member, tracking.has(member) ? tracking.get(member) : NullNode.instance);
            }
        }
        fulfilment.set("fulfillmentLineItems", nodes(sent));
        fulfilment.putObject("location").put("id", LOCATION);
        order.putObject("fulfillmentsCount")
                .put("count", order.path("fulfillments").size());
        boolean whole = StreamSupport.stream(
                        order.at("/fulfillmentOrders/nodes").spliterator(), false)
                .flatMap(o -> StreamSupport.stream(o.at("/lineItems/nodes").spliterator(), false))
                .allMatch(line -> line.path("remainingQuantity").asInt() == 0);
        order.put("displayFulfillmentStatus", whole ? "FULFILLED" : "PARTIALLY_FULFILLED");
        touch(order);
        return ok("fulfillment", fulfilment);
    }

    private JsonNode remember(Asked asked) {
        JsonNode one = asked.variables().at("/metafields/0");
        ObjectNode order = (ObjectNode) byGid(one.path("ownerId").asText());
        order.putObject("shipments").set("value", one.path("value"));
        touch(order);
        return node("metafieldsSet", ok("metafields", NullNode.instance));
    }

    private JsonNode returned(Asked asked) {
        ObjectNode order = (ObjectNode) byGid(asked.input().path("orderId").asText());
        ArrayNode lines = EventJson.MAPPER.createArrayNode();
        asked.input().path("returnLineItems").forEach(wanted -> {
            ObjectNode line = lines.addObject();
            line.set("quantity", wanted.path("quantity"));
            line.set("returnReasonNote", wanted.path("returnReasonNote"));
            line.putObject("fulfillmentLineItem").set("id", wanted.path("fulfillmentLineItemId"));
        });
        ObjectNode made = EventJson.MAPPER
                .createObjectNode()
                .put("id", gid("Return", ++ids))
                .put("status", "OPEN");
        made.set("returnLineItems", nodes(lines));
        ((ArrayNode) order.at("/returns/nodes")).add(made);
        touch(order);
        return node("returnCreate", ok("return", made));
    }

    private JsonNode tags(Asked asked) {
        ObjectNode order = (ObjectNode) order(asked);
        for (JsonNode tag : asked.variables().path("add")) {
            if (tag.asText().length() > 40) {
                return node("tagsAdd", errors("node", "tags", "Tag is too long (maximum is 40 characters)", null))
                        .set("tagsRemove", NullNode.instance);
            }
        }
        ArrayNode tags = EventJson.MAPPER.createArrayNode();
        order.path("tags").forEach(tag -> {
            if (!has(asked.variables().path("remove"), tag.asText())) {
                tags.add(tag);
            }
        });
        asked.variables().path("add").forEach(tags::add);
        order.set("tags", tags);
        touch(order);
        ObjectNode answer = EventJson.MAPPER.createObjectNode();
        answer.putObject("tagsAdd").putArray("userErrors");
        answer.putObject("tagsRemove").putArray("userErrors");
        return answer;
    }

    private JsonNode register(Asked asked) {
        ObjectNode hook = webhooks.addObject();
        hook.put("id", gid("WebhookSubscription", ++ids)).put("format", "JSON");
        hook.set("topic", asked.variables().path("about"));
        hook.set("uri", asked.variables().path("uri"));
        return node("webhookSubscriptionCreate", ok("webhookSubscription", hook));
    }

    private JsonNode account(Asked asked) {
        ObjectNode answer = EventJson.MAPPER.createObjectNode();
        answer.putObject("shop")
                .put("name", "Example")
                .put("myshopifyDomain", "example.myshopify.com")
                .put("currencyCode", "USD")
                .putObject("plan")
                .put("publicDisplayName", "Basic");
        ArrayNode all = answer.putObject("currentAppInstallation").putArray("accessScopes");
        scopes.forEach(scope -> all.addObject().put("handle", scope));
        answer.set("webhookSubscriptions", nodes(webhooks));
        answer.putObject("locations")
                .putArray("nodes")
                .addObject()
                .put("id", LOCATION)
                .put("name", "Main")
                .put("isActive", true)
                .put("fulfillsOnlineOrders", true);
        return answer;
    }

    private JsonNode articles(Asked asked) {
        ObjectNode answer = node("productVariants", nodes(array(variants.values())));
        answer.putObject("shop").put("currencyCode", "USD");
        return answer;
    }

    private static ArrayNode array(Collection<ObjectNode> elements) {
        return EventJson.MAPPER.createArrayNode().addAll(elements);
    }

    private JsonNode setStock(Asked asked) {
        return once(asked, "inventorySetQuantities", () -> {
            for (JsonNode wanted : asked.input().path("quantities")) {
                ObjectNode level = variants.values().stream()
                        .map(variant -> (ObjectNode) variant.path("inventoryItem"))
                        .filter(item -> item.path("id").equals(wanted.path("inventoryItemId")))
                        .map(item -> (ObjectNode) item.at("/inventoryLevel/quantities/0"))
                        .findFirst()
                        .orElseThrow();
                if (!level.path("quantity").equals(wanted.path("changeFromQuantity"))) {
                    return errors(
                            "inventoryAdjustmentGroup",
                            "input",
                            "The quantity is another one.",
                            "CHANGE_FROM_QUANTITY_STALE");
                }
                level.set("quantity", wanted.path("quantity"));
            }
            return ok("inventoryAdjustmentGroup", NullNode.instance);
        });
    }

    private JsonNode createProduct(Asked asked) {
        String sku = asked.input().at("/variants/0/sku").asText();
        article(sku);
        ObjectNode product = (ObjectNode) variants.get(sku).path("product");
        product.set("title", asked.input().path("title"));
        product.set("status", asked.input().path("status"));
        return node("productSet", ok("product", product));
    }

    static String gid(String type, long id) {
        return "gid://shopify/" + type + "/" + id;
    }

    static ObjectNode money(String amount) {
        ObjectNode bag = EventJson.MAPPER.createObjectNode();
        bag.putObject("shopMoney").put("amount", amount).put("currencyCode", "USD");
        bag.putObject("presentmentMoney").put("amount", amount).put("currencyCode", "USD");
        return bag;
    }

    synchronized void article(String sku) {
        variants.computeIfAbsent(sku, name -> {
            ObjectNode variant = EventJson.MAPPER
                    .createObjectNode()
                    .put("id", gid("ProductVariant", ++ids))
                    .put("sku", name);
            String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
            variant.put("title", "Default Title").put("price", "12.50").put("updatedAt", now);
            ObjectNode product = variant.putObject("product");
            product.put("id", gid("Product", ++ids))
                    .put("title", "Article " + sku)
                    .put("handle", "article")
                    .put("vendor", "Example")
                    .put("descriptionHtml", "")
                    .put("onlineStoreUrl", "https://example.com/" + ids)
                    .put("status", "ACTIVE")
                    .put("updatedAt", now);
            product.putObject("media")
                    .putArray("nodes")
                    .addObject()
                    .put("id", gid("MediaImage", ++ids))
                    .put("alt", "")
                    .putObject("image")
                    .put("url", "https://cdn.example.com/" + ids);
            ObjectNode item = variant.putObject("inventoryItem");
            item.put("id", gid("InventoryItem", ++ids)).put("tracked", true);
            ObjectNode level = item.putObject("inventoryLevel");
            level.putObject("location").put("id", LOCATION);
            level.putArray("quantities").addObject().put("quantity", 5);
            item.set("inventoryLevels", nodes(EventJson.MAPPER.createArrayNode().add(level)));
            return variant;
        });
    }

    int stock(String sku) {
        return variants.get(sku)
                .at("/inventoryItem/inventoryLevel/quantities/0/quantity")
                .asInt();
    }

    void stock(String sku, int quantity) {
        ((ObjectNode) variants.get(sku).at("/inventoryItem/inventoryLevel/quantities/0")).put("quantity", quantity);
    }

    ObjectNode line(long id, String sku, int quantity) {
        ObjectNode line = EventJson.MAPPER.createObjectNode();
        line.put("id", gid("LineItem", id))
                .put("sku", sku)
                .put("title", "Mug")
                .putNull("variantTitle")
                .put("quantity", quantity)
                .put("currentQuantity", quantity)
                .put("refundableQuantity", quantity)
                .put("requiresShipping", true)
                .put("isGiftCard", false)
                .putNull("product")
                .putNull("variant");
        line.set("originalUnitPriceSet", money("12.5"));
        List.of("customAttributes", "discountAllocations", "taxLines").forEach(line::putArray);
        return line;
    }

    /** A line, to be sent from the store's one location. */
    void addLine(ObjectNode order, ObjectNode line) {
        ((ArrayNode) order.at("/lineItems/nodes")).add(line);
        ObjectNode open = ((ArrayNode) order.at("/fulfillmentOrders/nodes/0/lineItems/nodes")).addObject();
        open.put("id", gid("FulfillmentOrderLineItem", ++ids)).set("remainingQuantity", line.path("quantity"));
        ObjectNode of = open.putObject("lineItem");
        of.set("id", line.path("id"));
        of.set("customAttributes", line.path("customAttributes"));
    }

    /** Another place that sends, with nothing in it yet. */
    ObjectNode addPlace(ObjectNode order) {
        ObjectNode place = ((ArrayNode) order.at("/fulfillmentOrders/nodes")).addObject();
        place.put("id", gid("FulfillmentOrder", ++ids)).put("status", "OPEN");
        place.putArray("supportedActions").addObject().put("action", "CREATE_FULFILLMENT");
        place.putObject("assignedLocation").putObject("location").put("id", gid("Location", ids));
        place.set("lineItems", nodes(EventJson.MAPPER.createArrayNode()));
        return place;
    }

    synchronized ObjectNode plain(long id, Instant changed) {
        ObjectNode order = EventJson.MAPPER.createObjectNode();
        String at = changed.truncatedTo(ChronoUnit.SECONDS).toString();
        order.put("id", gid("Order", id))
                .put("legacyResourceId", String.valueOf(id))
                .put("name", "#" + id)
                .put("createdAt", at)
                .put("processedAt", at)
                .put("updatedAt", at)
                .put("test", false)
                .put("currencyCode", "USD")
                .put("presentmentCurrencyCode", "USD")
                .put("displayFinancialStatus", "PAID")
                .put("displayFulfillmentStatus", "UNFULFILLED")
                .put("returnStatus", "NO_RETURN")
                .put("email", "ada@example.com")
                .put("sourceName", "web")
                .put("taxesIncluded", false);
        List.of(
                        "cancelledAt",
                        "cancelReason",
                        "closedAt",
                        "phone",
                        "note",
                        "poNumber",
                        "sourceIdentifier",
                        "customer",
                        "shippingAddress",
                        "billingAddress",
                        "shippingLine",
                        "shipments")
                .forEach(order::putNull);
        List.of(
                        "tags",
                        "paymentGatewayNames",
                        "customAttributes",
                        "taxLines",
                        "transactions",
                        "fulfillments",
                        "refunds")
                .forEach(order::putArray);
        List.of(
                        "subtotalPriceSet",
                        "totalDiscountsSet",
                        "totalShippingPriceSet",
                        "totalTaxSet",
                        "totalPriceSet",
                        "totalRefundedSet")
                .forEach(name -> order.set(name, money("0.0")));
        order.putObject("fulfillmentsCount").put("count", 0);
        List.of("discountApplications", "lineItems", "returns", "fulfillmentOrders")
                .forEach(name -> order.set(name, nodes(EventJson.MAPPER.createArrayNode())));
        addPlace(order);
        return order;
    }

    private static void touch(ObjectNode order) {
        order.put("updatedAt", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    }
}
