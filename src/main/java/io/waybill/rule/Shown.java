package io.waybill.rule;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How values look in a trace: JSON scalars and lists, cut to a length that a person reads. */
final class Shown {
    private static final int MAX_TEXT = 200;
    private static final int MAX_ELEMENTS = 20;

    private Shown() {}

    static @Nullable Object of(@Nullable Object value) {
        if (value == null || value instanceof Long || value instanceof Boolean) {
            return value;
        }
        if (value instanceof List<?> list) {
            return ofList(list);
        }
        if (value instanceof Map<?, ?> map) {
            return ofMap(map);
        }
        return value instanceof Record ? "(present)" : text(value.toString());
    }

    private static Object ofList(List<?> list) {
        if (!list.isEmpty() && list.get(0) instanceof Record) {
            return "(" + list.size() + ")";
        }
        return list.stream()
                .limit(MAX_ELEMENTS)
                .map(element -> String.valueOf(of(element)))
                .toList();
    }

    private static Object ofMap(Map<?, ?> map) {
        Map<String, String> shown = new LinkedHashMap<>();
        map.entrySet().stream()
                .limit(MAX_ELEMENTS)
                .forEach(entry -> shown.put(String.valueOf(entry.getKey()), text(String.valueOf(entry.getValue()))));
        return shown;
    }

    private static String text(String text) {
        return text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) + "…" : text;
    }
}
