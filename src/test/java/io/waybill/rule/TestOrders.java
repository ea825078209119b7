package io.waybill.rule;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.waybill.order.EventJson;
import io.waybill.order.Order;
import io.waybill.order.OrderChanged;

/** Orders that the tests of this package share. */
final class TestOrders {
    static final OrderChanged EVENT = (OrderChanged) EventJson.read(
            """
            {"type":"order","order":{"id":"5550001","number":"#1001","placedAt":"2026-11-20T10:11:12Z",
            "status":"paid","currency":"USD","customer":{"id":"77","name":"Ada Example","email":"ada@example.com"},
            "shippingAddress":{"line1":"1 Main St","city":"Austin","region":"TX","country":"US"},
            "lines":[{"id":"1","sku":"MUG-BLUE","title":"Blue mug","quantity":2,"price":"12.50"},
                     {"id":"2","sku":"DOBA-77","quantity":1,"price":"4.90","attributes":{"bin":"A1"}},
                     {"id":"3","quantity":1}],
            "shipping":{"method":"Standard","price":"4.90"},
            "totals":{"lines":"25.00","shipping":"4.90","total":"29.90"},"tags":["VIP"],"attributes":{"gift":"yes"}}}
            """
                    .getBytes(UTF_8));
    static final Order ORDER = EVENT.order();

    private TestOrders() {}
}
