package io.waybill.connector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.order.EventJson;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The Open API v3 of an Etsy shop, as far as we use it. A cancellation or refund leaves a receipt's time of change as it was. */
final class EtsySimulator extends Simulator {
    static final String SHOP = "12345678";
    static final String KEYSTRING = "keystring123";
    static final String SHARED_SECRET = "shared456";
    /** As the owner granted it: once for each channel here, and the ones that follow it are good for one use. */
    static final String REFRESH = "800001.granted";

    private static final String API = "/v3/application";
    private static final String SHOP_API = API + "/shops/" + SHOP;
    private static final Set<String> CARRIERS = Set.of("usps", "ups", "fedex", "dhl", "royal-mail", "other");

    final Map<Long, ObjectNode> receipts = new LinkedHashMap<>();
    final Map<Long, ObjectNode> listings = new LinkedHashMap<>();
    /** How often buyers were mailed of parcels, by receipt. */
    final List<Long> mails = new ArrayList<>();

    volatile Runnable afterPage = () -> {};
    private final PublishedContract contract = PublishedContract.of("", "etsy/3.0.0.json");
    private final Set<String> refreshTokens = new HashSet<>(Set.of(REFRESH));
    private final Set<String> accessTokens = new HashSet<>();
    private long ids = 1_700_000_000;
    private int tokens;

    EtsySimulator() {
        on("POST", "/v3/public/oauth/token", this::token);
        on("GET", SHOP_API, request -> Answer.json(200, shop()));
        on("GET", SHOP_API + "/receipts", this::list);
        on("GET", SHOP_API + "/receipts/(\\d+)", request -> receipt(request)
                .map(r -> Answer.json(200, r))
                .orElseGet(EtsySimulator::missing));
        on("POST", SHOP_API + "/receipts/(\\d+)/tracking", request -> receipt(request)
                .map(r -> ship(r, request.form()))
                .orElseGet(EtsySimulator::missing));
        on("GET", SHOP_API + "/listings", this::listings);
        on("PATCH", SHOP_API + "/listings/(\\d+)", request -> listing(request)
                .map(l -> Answer.json(200, l.put("state", request.form().get("state"))))
                .orElseGet(EtsySimulator::missing));
        on("GET", API + "/listings/(\\d+)/inventory", request -> listing(request)
                .map(l -> Answer.json(200, l.path("inventory")))
                .orElseGet(EtsySimulator::missing));
        on("PUT", API + "/listings/(\\d+)/inventory", request -> listing(request)
                .map(l -> stock(l, request.json()))
                .orElseGet(EtsySimulator::missing));
    }

    @Override
    Optional<String> mistake(Request request) {
        return request.path().startsWith(API) ? contract.mistake(request) : Optional.empty();
    }

    @Override
    Optional<Answer> unauthorised(Request request) {
        if (!request.path().startsWith(API)) {
            return Optional.empty();
        }
        String token = String.valueOf(request.header("Authorization")).replaceFirst("^Bearer ", "");
        boolean right =
                (KEYSTRING + ":" + SHARED_SECRET).equals(request.header("x-api-key")) && accessTokens.contains(token);
        return right ? Optional.empty() : Optional.of(refused());
    }

    @Override
    Answer refused() {
        return error(401, "invalid_token");
    }

    @Override
    Answer busy() {
        return error(429, "Exceeded rate limit").with("retry-after", "1");
    }

    private static Answer error(int status, String text) {
        return Answer.json(status, Map.of("error", text));
    }

    private static Answer missing() {
        return error(404, "Resource not found");
    }

    /** The first access token of a grant ends soon, so that the refresh token that came with it is used. */
    private Answer token(Request request) {
        Map<String, String> form = request.form();
        String refresh = form.getOrDefault("refresh_token", "");
        boolean first = refresh.equals(REFRESH);
        if (!Set.of("grant_type", "client_id", "refresh_token").equals(form.keySet())
                || !form.get("client_id").equals(KEYSTRING)
                || !form.get("grant_type").equals("refresh_token")
                || !refreshTokens.contains(refresh)) {
            violation("a token was asked for with " + form.keySet() + ", or a refresh token was used twice");
            return error(400, "invalid_grant");
        }
        if (!first) {
            refreshTokens.remove(refresh);
        }
        String access = "800001.access" + ++tokens;
        String next = "800001.refresh" + tokens;
        accessTokens.add(access);
        refreshTokens.add(next);
        return Answer.json(
                200,
                Map.of(
                        "access_token",
                        access,
                        "refresh_token",
                        next,
                        "token_type",
                        "Bearer",
                        "expires_in",
                        first ? 30 : 3600));
    }

    private static ObjectNode shop() {
        return EventJson.MAPPER
                .createObjectNode()
                .put("shop_id", Long.parseLong(SHOP))
                .put("shop_name", "ExampleMugs")
                .put("currency_code", "USD")
                .put("is_vacation", false);
    }

    private Optional<ObjectNode> receipt(Request request) {
        return Optional.ofNullable(receipts.get(Long.valueOf(request.groups().get(0))));
    }

    private Optional<ObjectNode> listing(Request request) {
        return Optional.ofNullable(listings.get(Long.valueOf(request.groups().get(0))));
    }

    private Answer list(Request request) {
        Map<String, String> query = request.query();
        Predicate<ObjectNode> wanted = receipt -> from(receipt, "updated_timestamp", query.get("min_last_modified"))
                && from(receipt, "created_timestamp", query.get("min_created"))
                && (!query.containsKey("was_canceled")
                        || receipt.path("status").asText().equals("Canceled")
                                == Boolean.parseBoolean(query.get("was_canceled")));
        Comparator<ObjectNode> order = Comparator.comparing((ObjectNode receipt) -> receipt.path(
                                query.getOrDefault("sort_on", "created").equals("updated")
                                        ? "updated_timestamp"
                                        : "created_timestamp")
                        .asLong())
                .thenComparing(receipt -> receipt.path("receipt_id").asLong());
        List<ObjectNode> found = receipts.values().stream()
                .filter(wanted)
                .sorted(query.getOrDefault("sort_order", "desc").equals("asc") ? order : order.reversed())
                .toList();
        Answer answer = page(found, query);
        if (query.containsKey("min_last_modified")) {
            afterPage.run();
        }
        return answer;
    }

    private static boolean from(ObjectNode receipt, String field, String least) {
        return least == null || receipt.path(field).asLong() >= Long.parseLong(least);
    }

    private static Answer page(List<ObjectNode> found, Map<String, String> query) {
        ArrayNode results = EventJson.MAPPER.createArrayNode();
        found.stream()
                .skip(Long.parseLong(query.getOrDefault("offset", "0")))
                .limit(Long.parseLong(query.getOrDefault("limit", "25")))
                .forEach(one -> results.add(one.deepCopy()));
        return Answer.json(200, Map.of("count", found.size(), "results", results))
                .with("x-remaining-today", "4711");
    }

    /** Each parcel is one mail. A carrier that is not known loses its number, without a word. */
    private Answer ship(ObjectNode receipt, Map<String, String> form) {
        String code = form.get("tracking_code");
        if (receipt.path("status").asText().equals("Canceled")) {
            return error(409, "The receipt was canceled");
        }
        if (code == null
                && receipt.path("country_iso").asText().equals("US")
                && receipt.at("/grandtotal/amount").asLong() > 1000) {
            return error(400, "A tracking number is required");
        }
        mails.add(receipt.path("receipt_id").asLong());
        boolean known = code != null && CARRIERS.contains(form.get("carrier_name"));
        receipt.withArray("shipments")
                .addObject()
                .put("receipt_shipping_id", ++ids)
                .put("shipment_notification_timestamp", Instant.now().getEpochSecond())
                .put("carrier_name", known ? form.get("carrier_name") : "")
                .put("tracking_code", known ? code : "");
        receipt.put("is_shipped", true).put("status", "Completed");
        return Answer.json(200, receipt);
    }

    private Answer listings(Request request) {
        String state = request.query().getOrDefault("state", "active");
        List<ObjectNode> found = listings.values().stream()
                .filter(one -> one.path("state").asText().equals(state))
                .toList();
        return page(found, request.query());
    }

    /** Takes all articles of a listing or none of them. */
    private Answer stock(ObjectNode listing, JsonNode wanted) {
        ArrayNode there = (ArrayNode) listing.at("/inventory/products");
        Set<Long> quantities = new HashSet<>();
        wanted.path("products")
                .forEach(product ->
                        quantities.add(product.at("/offerings/0/quantity").asLong()));
        if (wanted.path("products").size() != there.size()) {
            return error(400, "All combinations of property values must be supplied");
        }
        if (quantities.equals(Set.of(0L))) {
            return error(400, "One offering must have quantity greater than 0");
        }
        if (quantities.size() > 1 && wanted.path("quantity_on_property").isEmpty()) {
            return error(400, "quantity must be consistent across all products");
        }
        for (int i = 0; i < there.size(); i++) {
            ObjectNode offering = (ObjectNode) there.get(i).at("/offerings/0");
            JsonNode given = wanted.at("/products/" + i);
            BigDecimal price = new BigDecimal(given.at("/offerings/0/price").asText());
            if (price.movePointRight(2).intValueExact()
                            != offering.at("/price/amount").asInt()
                    || !given.path("sku").equals(there.get(i).path("sku"))) {
                violation("an article was changed, not only its quantity");
            }
            offering.put("quantity", given.at("/offerings/0/quantity").asLong());
        }
        ((ObjectNode) listing.get("inventory")).set("quantity_on_property", wanted.path("quantity_on_property"));
        return Answer.json(200, listing.path("inventory"));
    }

    /** A listing with these articles, which have one quantity together. */
    synchronized ObjectNode addListing(String... skus) {
        long id = ++ids;
        ObjectNode listing = EventJson.MAPPER
                .createObjectNode()
                .put("listing_id", id)
                .put("title", "Mug &amp; saucer")
                .put("state", "active")
                .put("url", "https://www.example.com/listing/" + id)
                .put("has_variations", skus.length > 1)
                .put("updated_timestamp", Instant.now().getEpochSecond());
        listing.putArray("images")
                .addObject()
                .put("listing_image_id", ++ids)
                .put("url_fullxfull", "https://www.example.com/image/" + ids);
        ObjectNode inventory = listing.putObject("inventory");
        ArrayNode products = inventory.putArray("products");
        for (String sku : skus) {
            products.add(article(sku, skus.length > 1));
        }
        inventory.putArray("price_on_property");
        inventory.putArray("quantity_on_property");
        ArrayNode bySku = inventory.putArray("sku_on_property");
        if (skus.length > 1) {
            bySku.add(200);
        }
        listings.put(id, listing);
        return listing;
    }

    private ObjectNode article(String sku, boolean varies) {
        ObjectNode product = EventJson.MAPPER
                .createObjectNode()
                .put("product_id", ++ids)
                .put("sku", sku)
                .put("is_deleted", false);
        ObjectNode offering = product.putArray("offerings")
                .addObject()
                .put("offering_id", ++ids)
                .put("quantity", 5)
                .put("is_enabled", true)
                .put("is_deleted", false);
        offering.set("price", money(1250));
        offering.putNull("readiness_state_id");
        ArrayNode values = product.putArray("property_values");
        if (varies) {
            ObjectNode value = values.addObject()
                    .put("property_id", 200)
                    .put("property_name", "Primary color")
                    .putNull("scale_id");
            value.putArray("value_ids").add(++ids);
            value.putArray("values").add(sku);
        }
        return product;
    }

    /** The article with this SKU, wherever it is listed. */
    synchronized Optional<ObjectNode> offering(String sku) {
        for (ObjectNode listing : listings.values()) {
            for (JsonNode product : listing.at("/inventory/products")) {
                if (product.path("sku").asText().equals(sku)) {
                    return Optional.of((ObjectNode) product.at("/offerings/0"));
                }
            }
        }
        return Optional.empty();
    }

    static ObjectNode money(long amount) {
        return EventJson.MAPPER
                .createObjectNode()
                .put("amount", amount)
                .put("divisor", 100)
                .put("currency_code", "USD");
    }

    synchronized ObjectNode plain(long id, String sku, Instant changed) {
        ObjectNode receipt = EventJson.MAPPER.createObjectNode();
        receipt.put("receipt_id", id)
                .put("status", "Paid")
                .put("is_paid", true)
                .put("is_shipped", false)
                .put("payment_method", "cc")
                .put("created_timestamp", changed.getEpochSecond())
                .put("name", "Ada Example")
                .put("city", "Austin")
                .put("country_iso", "US");
        changed(receipt, changed);
        Map.of("grandtotal", 2500L, "total_price", 2500L, "total_shipping_cost", 0L, "total_tax_cost", 0L)
                .forEach((name, amount) -> receipt.set(name, money(amount)));
        List.of("total_vat_cost", "discount_amt", "gift_wrap_price").forEach(name -> receipt.set(name, money(0)));
        receipt.putArray("shipments");
        receipt.putArray("refunds");
        ObjectNode line = receipt.putArray("transactions")
                .addObject()
                .put("transaction_id", id + 9_000_000)
                .put("title", "Mug")
                .put("sku", sku)
                .put("quantity", 2)
                .put("shop_coupon", 0);
        line.set("price", money(1250));
        line.putArray("variations");
        return receipt;
    }

    static void changed(ObjectNode receipt, Instant at) {
        receipt.put("update_timestamp", at.getEpochSecond()).put("updated_timestamp", at.getEpochSecond());
    }
}
