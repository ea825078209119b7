package io.waybill.label;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A label freed from its wrapping, its format known from its own bytes. */
record Content(
        LabelFormat format,
        byte[] bytes,
        @Nullable PageSize size,
        Map<String, byte[]> resources,
        LabelOptions options,
        List<String> warnings) {
    Content {
        resources = new TreeMap<>(resources);
        warnings = List.copyOf(warnings);
    }
}
