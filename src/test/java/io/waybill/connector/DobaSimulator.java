package io.waybill.connector;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.order.EventJson;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;

/**
 * Doba's Open Platform: signatures, envelope and calls of retailers as public clients and digests of its documentation have
 * them. There is no published contract. Whatever goes wrong, it answers 200.
 */
class DobaSimulator extends Simulator {
    static final String APP_KEY = "20201103000000000001";
    private static final KeyPair KEYS = keys();
    private static final Duration SIGNATURE_LIFE = Duration.ofMinutes(1);
    private static final String API = "/api";

    /** By the number of their first order. */
    final Map<String, ObjectNode> batches = new LinkedHashMap<>();

    final Map<String, ObjectNode> articles = new LinkedHashMap<>();
    /** What it has been paid for, by the batch's encrypted number. */
    final List<String> payments = new ArrayList<>();

    volatile boolean tellsShopNumbers = true;
    volatile boolean hasBalance = true;
    private long ids = 101_704_080_100_167_000L;

    DobaSimulator() {
        on("GET", API + "/goods/doba/stock", this::stock);
        on("POST", API + "/shipping/doba/cost/goods", this::shipping);
        on("POST", API + "/order/doba/importOrder", this::importOrder);
        on("POST", API + "/pay/payment/doba/submit", this::pay);
        on("GET", API + "/order/doba/queryOrder", this::query);
        on("POST", API + "/order/doba/queryLogisTrack", this::track);
        on("POST", API + "/order/doba/closeOrder", this::close);
        on("GET", API + "/goods/doba/spu/list", this::list);
        on("GET", API + "/goods/doba/spu/detail", this::detail);
        on(
                "GET",
                API + "/pay/payManage/doba/queryPrepayBalance",
                request -> fine(array(Map.of("paymentMethodCode", 7, "remainingBalance", 250.5))));
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String privateKey() {
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(KEYS.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
    }

    @Override
    Optional<Answer> unauthorised(Request request) {
        String timestamp = String.valueOf(request.header("timestamp"));
        String text = "appKey=" + APP_KEY + "&signType=rsa2&timestamp=" + timestamp;
        boolean right = APP_KEY.equals(request.header("appKey"))
                && "rsa2".equals(request.header("signType"))
                && isNow(timestamp)
                && isSigned(text, String.valueOf(request.header("sign")));
        return right ? Optional.empty() : Optional.of(refused());
    }

    private static boolean isNow(String timestamp) {
        return timestamp.matches("\\d{13}")
                && Duration.between(Instant.ofEpochMilli(Long.parseLong(timestamp)), Instant.now())
                                .abs()
                                .compareTo(SIGNATURE_LIFE)
                        < 0;
    }

    private static boolean isSigned(String text, String signature) {
        try {
            Signature check = Signature.getInstance("SHA256withRSA");
            check.initVerify(KEYS.getPublic());
            check.update(text.getBytes(UTF_8));
            return check.verify(Base64.getDecoder().decode(signature));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    @Override
    Answer refused() {
        return Answer.json(200, Map.of("responseCode", "999999", "responseMessage", "sign check failed"));
    }

    static Answer fine(Object data) {
        return answer(Map.of("businessStatus", "000000", "businessMessage", "Success", "data", data));
    }

    /** Some answers have it in an array. */
    static Answer fineInArray(Object data) {
        return answer(array(Map.of("businessStatus", "000000", "businessMessage", "Success", "data", data)));
    }

    static Answer wrong(String message) {
        return answer(Map.of("businessStatus", "999999", "businessMessage", message));
    }

    private static Answer answer(Object businessData) {
        return Answer.json(
                200, Map.of("responseCode", "000000", "responseMessage", "Success", "businessData", businessData));
    }

    private static List<Object> array(Object one) {
        return List.of(one);
    }

    private Answer stock(Request request) {
        List<String> asked = List.of(request.query().getOrDefault("itemNo", "").split(","));
        if (asked.size() > 20) {
            return wrong("itemNo: at most 20");
        }
        return fine(asked.stream()
                .filter(articles::containsKey)
                .map(item -> Map.of(
                        "itemNo",
                        item,
                        "skuId",
                        "s-" + item,
                        "availableNum",
                        articles.get(item).path("availableNum"),
                        "sellingPrice",
                        12.5))
                .toList());
    }

    private Answer shipping(Request request) {
        JsonNode body = request.json();
        if (body.path("shipToCountry").asText().length() != 2) {
            return wrong("shipToCountry is not a country");
        }
        ArrayNode rows = EventJson.MAPPER.createArrayNode();
        body.path("goods").forEach(goods -> {
            ObjectNode data = rows.addObject().put("businessStatus", "000000").putObject("data");
            data.put("itemNo", goods.path("itemNo").asText());
            ArrayNode costs = data.putArray("costs");
            costs.addObject()
                    .put("shippingMethodId", "FAST")
                    .put("shipFee", 13.2)
                    .put("shipName", "UPS Ground");
            costs.addObject()
                    .put("shippingMethodId", "CHEAP")
                    .put("shipFee", 4.9)
                    .put("shipName", "Post");
        });
        return answer(rows);
    }

    /** Makes an order that is not paid; what it did not take stands in lists of its own. */
    private Answer importOrder(Request request) {
        JsonNode wanted = request.json().at("/openApiImportDSOrderList/0");
        for (String address : List.of("/billingAddress", "/openApiImportDSOrderList/0/shippingAddress")) {
            Set<String> empty = empty(request.json().at(address));
            if (!empty.isEmpty()) {
                violation(address + " has no " + empty);
                return wrong("address incomplete");
            }
        }
        for (JsonNode line : wanted.path("goodsDetailDTOList")) {
            if (!line.path("quantityOrdered").isTextual()
                    || !articles.containsKey(line.path("itemNo").asText())
                    || !Set.of("FAST", "CHEAP")
                            .contains(line.path("shippingMethodId").asText())) {
                violation("a line is not what Doba takes: " + line);
            }
        }
        String number = String.valueOf(++ids);
        ObjectNode batch = EventJson.MAPPER.createObjectNode();
        batch.put("ordBatchId", 372_103_318_000_000_000L + ids % 1000)
                .put("encryptOrdBatchIds", "enc-" + number)
                .put("totalPay", "29.90")
                .put("orderPayURL", "https://pay.example.com/" + number);
        batch.putArray("paidOrderList");
        ObjectNode order = batch.putArray("waitingPayOrderList").addObject();
        order.put("ordBusiId", Long.parseLong(number))
                .put("ordStatusName", "Awaiting Payment")
                .put("currency", "USD")
                .put("storeOrderBusiId", wanted.path("storeOrderBusiId").asText());
        order.set("goodsDetailDTOList", wanted.path("goodsDetailDTOList"));
        order.set("imported", request.json());
        batches.put(number, batch);
        return fine(Map.of(
                "encryptOrdBatchIds",
                "enc-" + number,
                "orderSuccessResList",
                array(Map.of(
                        "ordBusiId",
                        Long.parseLong(number),
                        "ordBatchId",
                        batch.path("ordBatchId"),
                        "orderPayURL",
                        batch.path("orderPayURL")))));
    }

    private static Set<String> empty(JsonNode address) {
        Set<String> empty =
                new TreeSet<>(List.of("name", "addr1", "city", "countryCode", "provinceCode", "zip", "telephone"));
        empty.removeIf(member -> !address.path(member).asText().isBlank());
        return empty;
    }

    private Answer pay(Request request) {
        JsonNode body = request.json();
        String batch = body.path("encryptOrdBatchIds").asText();
        ObjectNode found = batches.values().stream()
                .filter(one -> one.path("encryptOrdBatchIds").asText().equals(batch))
                .findFirst()
                .orElse(null);
        if (found == null
                || body.path("paymentMethodCode").asInt(-1) != 7
                || found.path("waitingPayOrderList").isEmpty()) {
            violation("a payment for nothing: " + body);
            return wrong("nothing to pay");
        }
        if (!hasBalance) {
            return wrong("Insufficient balance");
        }
        ArrayNode waiting = (ArrayNode) found.get("waitingPayOrderList");
        waiting.forEach(order -> ((ObjectNode) order).put("ordStatusName", "Pending"));
        ((ArrayNode) found.get("paidOrderList")).addAll(waiting);
        found.putArray("waitingPayOrderList");
        payments.add(batch);
        return fine(Map.of("totalPay", 29.9));
    }

    /** Newest first; without a number the orders of the last 30 days. */
    private Answer query(Request request) {
        String number = request.query().get("ordBusiId");
        List<ObjectNode> found = new ArrayList<>(
                number == null
                        ? batches.values()
                        : Optional.ofNullable(batches.get(number)).stream().toList());
        java.util.Collections.reverse(found);
        long size = Long.parseLong(request.query().getOrDefault("pageSize", "20"));
        long page = Long.parseLong(request.query().getOrDefault("pageNo", "1"));
        List<ObjectNode> rows = found.stream()
                .skip((page - 1) * size)
                .limit(size)
                .map(this::told)
                .toList();
        return fineInArray(Map.of("orderBatchList", rows));
    }

    private ObjectNode told(ObjectNode batch) {
        ObjectNode told = batch.deepCopy();
        for (String list : List.of("paidOrderList", "waitingPayOrderList")) {
            told.path(list).forEach(order -> {
                ((ObjectNode) order).remove("imported");
                if (!tellsShopNumbers) {
                    ((ObjectNode) order).remove("storeOrderBusiId");
                }
            });
        }
        return told;
    }

    private Answer track(Request request) {
        ArrayNode rows = EventJson.MAPPER.createArrayNode();
        for (String number : request.json().path("ordBusiId").asText().split(",")) {
            batches.get(number).path("paidOrderList").forEach(order -> order.path("orderLogisDetails")
                    .forEach(parcel -> rows.addObject()
                            .put("ordBusiId", number)
                            .put("waybillId", parcel.path("waybillId").asText())
                            .put("logisComNameEn", "UPS")));
        }
        return fineInArray(rows);
    }

    private Answer close(Request request) {
        JsonNode body = request.json();
        if (!Set.of(101, 102, 103, 104).contains(body.path("closeReasonType").asInt())) {
            violation("closed for no reason that Doba has: " + body);
        }
        for (String number : body.path("ordBusiIds").asText().split(",")) {
            for (JsonNode order : orders(batches.get(number))) {
                if (order.path("ordStatusName").asText().equals("In Transit")) {
                    return wrong("The order has been shipped");
                }
                ((ObjectNode) order).put("ordStatusName", "Closed");
            }
        }
        return fineInArray(Map.of());
    }

    static List<JsonNode> orders(JsonNode batch) {
        List<JsonNode> orders = new ArrayList<>();
        batch.path("paidOrderList").forEach(orders::add);
        batch.path("waitingPayOrderList").forEach(orders::add);
        return orders;
    }

    private Answer list(Request request) {
        long size = Long.parseLong(request.query().getOrDefault("pageSize", "20"));
        long page = Long.parseLong(request.query().getOrDefault("pageNumber", "1"));
        if (!"77".equals(request.query().get("catId"))) {
            violation("all of Doba's catalogue was asked for");
        }
        List<Map<String, String>> rows = articles.keySet().stream()
                .skip((page - 1) * size)
                .limit(size)
                .map(item -> Map.of("spuId", "spu-" + item, "title", "Article " + item))
                .toList();
        return fine(Map.of("totalQuantity", articles.size(), "goodsList", rows));
    }

    private Answer detail(Request request) {
        String[] asked = request.query().getOrDefault("spuId", "").split(",");
        if (asked.length > 20) {
            return wrong("spuId: at most 20");
        }
        return fine(Arrays.stream(asked)
                .map(spu -> articles.get(spu.substring(4)))
                .map(article -> Map.of(
                        "spuId",
                        "spu-" + article.path("itemNo").asText(),
                        "title",
                        "Article",
                        "brand",
                        "Acme",
                        "children",
                        array(Map.of(
                                "currencyId",
                                "USD",
                                "skuPicList",
                                List.of("https://image.example.com/a.jpg"),
                                "stocks",
                                array(article)))))
                .toList());
    }

    synchronized void article(String item) {
        articles.computeIfAbsent(item, name -> EventJson.MAPPER
                .createObjectNode()
                .put("itemNo", name)
                .put("availableNum", 100)
                .put("sellingPrice", new java.math.BigDecimal("150.32")));
    }

    /** What was sent when this order was made. */
    synchronized JsonNode imported(String number) {
        return orders(batches.get(number)).get(0).path("imported");
    }

    synchronized List<String> numbers(String shopNumber) {
        return batches.entrySet().stream()
                .filter(one -> orders(one.getValue())
                        .get(0)
                        .path("storeOrderBusiId")
                        .asText()
                        .equals(shopNumber))
                .map(Map.Entry::getKey)
                .toList();
    }

    synchronized void stands(String number, String word, String... waybills) {
        StreamSupport.stream(batches.get(number).path("paidOrderList").spliterator(), false)
                .forEach(order -> {
                    ArrayNode parcels =
                            ((ObjectNode) order).put("ordStatusName", word).putArray("orderLogisDetails");
                    Arrays.stream(waybills).forEach(one -> parcels.addObject().put("waybillId", one));
                });
    }
}
