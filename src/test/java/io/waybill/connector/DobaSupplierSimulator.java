package io.waybill.connector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.order.EventJson;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** Doba's calls of suppliers, behind the same gateway. */
final class DobaSupplierSimulator extends DobaSimulator {
    final Map<String, ObjectNode> orders = new LinkedHashMap<>();
    volatile Runnable afterPage = () -> {};

    DobaSupplierSimulator() {
        on("POST", "/api/seller/queryOrderDetail", this::queryOrders);
        on("POST", "/api/seller/updateOrderLogistics", this::ship);
        on("GET", "/api/goods/detail", this::goods);
    }

    /** By the time of the order, newest first. */
    private Answer queryOrders(Request request) {
        JsonNode asked = request.json();
        int size = asked.path("pageSize").asInt();
        if (size < 1 || size > 100 || asked.path("pageNo").asInt() < 1) {
            return wrong("request is too large!");
        }
        Instant begin = OffsetDateTime.parse(asked.path("beginTime").asText()).toInstant();
        Instant end = OffsetDateTime.parse(asked.path("endTime").asText()).toInstant();
        List<ObjectNode> found = orders.values().stream()
                .filter(order -> !asked.has("ordBusiId")
                        || order.path("ordBusiId")
                                .asText()
                                .equals(asked.path("ordBusiId").asText()))
                .filter(order -> !time(order).isBefore(begin) && !time(order).isAfter(end.plusSeconds(1)))
                .sorted(Comparator.comparing(DobaSupplierSimulator::time)
                        .thenComparing(order -> order.path("ordBusiId").asText())
                        .reversed())
                .skip((asked.path("pageNo").asInt() - 1L) * size)
                .limit(size)
                .map(ObjectNode::deepCopy)
                .toList();
        if (!asked.has("ordBusiId")) {
            afterPage.run();
        }
        return fineInArray(found);
    }

    private static Instant time(JsonNode order) {
        String text = order.path("ordTime").asText();
        return OffsetDateTime.parse(text.contains("+") ? text : text.replace(' ', 'T') + "+00:00")
                .toInstant();
    }

    private Answer ship(Request request) {
        JsonNode body = request.json();
        ObjectNode order = orders.get(body.path("orderNo").asText());
        if (order == null || body.path("orderItemList").isEmpty()) {
            return wrong("order not found");
        }
        int left = 0;
        for (JsonNode item : order.path("orderItemList")) {
            int sent = item.path("sent").asInt()
                    + quantity(body, item.path("goodsSkuCode").asText());
            if (sent > item.path("quantity").asInt()) {
                return wrong("more than was ordered");
            }
            ((ObjectNode) item).put("sent", sent);
            left += item.path("quantity").asInt() - sent;
        }
        JsonNode first = body.at("/orderItemList/0");
        order.withArray("orderLogisticsList")
                .addObject()
                .put("logisticsNo", first.path("trackingNumber").asText())
                .put("logisticsName", first.path("logisticsCompany").asText());
        order.put("ordStatus", left == 0 ? "In Transit" : "Processing");
        return fineInArray(Map.of());
    }

    private static int quantity(JsonNode body, String sku) {
        return StreamSupport.stream(body.path("orderItemList").spliterator(), false)
                .filter(item -> item.path("goodsSkuCode").asText().equals(sku))
                .mapToInt(item -> item.path("quantity").asInt())
                .sum();
    }

    private Answer goods(Request request) {
        long size = Long.parseLong(request.query().get("pageSize"));
        long page = Long.parseLong(request.query().get("pageNumber"));
        ArrayNode rows = EventJson.MAPPER.createArrayNode();
        articles.values().stream().skip((page - 1) * size).limit(size).forEach(article -> {
            ObjectNode product = rows.addObject();
            product.put("spuId", "spu-" + article.path("itemNo").asText()).put("productName", "Article");
            product.putArray("skus")
                    .addObject()
                    .put("skuCode", article.path("itemNo").asText())
                    .putArray("stocks")
                    .add(article);
        });
        return fineInArray(rows);
    }

    synchronized void sell(String id, String sku, Instant at) {
        ObjectNode order = EventJson.MAPPER.createObjectNode();
        order.put("ordBusiId", id)
                .put("ordStatus", "Awaiting Shipment")
                .put("ordTime", at.truncatedTo(ChronoUnit.SECONDS).toString().replace("Z", "+00:00"))
                .put("orderTotal", 25);
        order.putObject("shippingAddress").put("name", "Ada Example").put("countryName", "United States");
        order.putArray("orderItemList")
                .addObject()
                .put("orderItemId", id + "1")
                .put("goodsSkuCode", sku)
                .put("quantity", 2)
                .put("goodsPrice", new java.math.BigDecimal("12.5"));
        orders.put(id, order);
    }

    synchronized List<String> parcels(String id) {
        List<String> numbers = new ArrayList<>();
        orders.get(id)
                .path("orderLogisticsList")
                .forEach(one -> numbers.add(one.path("logisticsNo").asText()));
        return numbers;
    }
}
