package io.waybill.channel;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.channel.Documents.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One entry of a {@code *.camel.yaml}: a route, a template or a routeConfiguration; {@code pointer} is where it stands. */
record RouteUnit(Document document, Type type, String pointer, JsonNode node) {

    enum Type {
        ROUTE("route"),
        TEMPLATE("routeTemplate"),
        CONFIGURATION("routeConfiguration");

        private final String word;

        Type(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }

        static Optional<Type> of(String word) {
            return List.of(values()).stream()
                    .filter(type -> type.word.equals(word))
                    .findFirst();
        }
    }

    static List<RouteUnit> of(Document document) {
        List<RouteUnit> units = new ArrayList<>();
        JsonNode tree = document.yaml().tree();
        for (int i = 0; tree.isArray() && i < tree.size(); i++) {
            for (Map.Entry<String, JsonNode> entry : tree.get(i).properties()) {
                String at = YamlFile.pointer("/" + i, entry.getKey());
                Type.of(entry.getKey())
                        .filter(type -> entry.getValue().isObject())
                        .ifPresent(type -> units.add(new RouteUnit(document, type, at, entry.getValue())));
            }
        }
        return units;
    }

    /** Empty when it has none. */
    String id() {
        return node.path("id").asText("");
    }

    /** The route itself: a template may hold it under {@code route}, or {@code from} directly. */
    RouteUnit body() {
        return type == Type.TEMPLATE && node.path("route").isObject()
                ? new RouteUnit(document, type, pointer + "/route", node.path("route"))
                : this;
    }

    String path() {
        return document.path();
    }

    int line(String below) {
        return document.line(pointer + below);
    }
}
