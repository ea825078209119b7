package io.waybill.cli.trial;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Orders as shops send them: about 2.4 KB of canonical JSON with an address, seven lines and their money. */
final class Specimen {
    private static final String[] STATUSES = {"paid", "processing", "on_hold"};

    private Specimen() {}

    static byte[] order(String id, int version) {
        String lines = IntStream.rangeClosed(1, 7).mapToObj(n -> line(id, n)).collect(Collectors.joining(","));
        return """
                {"type":"order","order":{"id":"%1$s","number":"#%1$s","status":"%2$s","version":"%3$d","currency":"USD",\
                "placedAt":"2026-11-20T09:30:00Z","updatedAt":"2026-11-20T09:%4$02d:00Z",\
                "customer":{"name":"Ada Example","email":"ada.%1$s@example.com","phone":"+1 555 0100"},\
                "shippingAddress":{"name":"Ada Example","company":"Example Engines Ltd","line1":"12 Long Example Street",\
                "line2":"3rd floor, left","city":"Springfield","region":"IL","postcode":"62704","country":"US"},\
                "billingAddress":{"name":"Ada Example","company":"Example Engines Ltd","line1":"12 Long Example Street",\
                "line2":"3rd floor, left","city":"Springfield","region":"IL","postcode":"62704","country":"US"},\
                "lines":[%5$s],\
                "totals":{"lines":"131.25","shipping":"4.90","tax":"10.50","total":"%3$d.00"},\
                "note":"Please leave the parcel with the neighbours on the ground floor if nobody opens the door.",\
                "tags":["web","first-order"]}}"""
                .formatted(id, STATUSES[version % STATUSES.length], version, version % 60, lines)
                .getBytes(UTF_8);
    }

    private static String line(String id, int n) {
        return """
                {"id":"%1$s-%2$d","sku":"MUG-%2$d-BLUE-LARGE","title":"Enamel mug, blue, large, with a lid (%2$d of 7)",\
                "quantity":%2$d,"price":"18.75","tax":"1.50","attributes":{"engraving":"Happy birthday, dear customer %2$d"}}"""
                .formatted(id, n);
    }
}
