package io.waybill.console;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

/** The address of the page after: the filters that were asked for, and the cursor. */
final class Paging {
    private Paging() {}

    static @Nullable String next(HttpServletRequest request, Map<String, @Nullable Object> slice) {
        Object cursor = slice.get("next");
        if (cursor == null) {
            return null;
        }
        UriComponentsBuilder address = UriComponentsBuilder.fromPath(request.getRequestURI());
        request.getParameterMap().forEach((name, values) -> {
            if (!name.equals("cursor") && values.length > 0 && !values[0].isBlank()) {
                address.queryParam(name, "{" + name + "}");
            }
        });
        address.queryParam("cursor", "{cursor}");
        Map<String, Object> values = new java.util.HashMap<>(Map.of("cursor", cursor));
        request.getParameterMap().forEach((name, given) -> {
            if (given.length > 0) {
                values.putIfAbsent(name, given[0]);
            }
        });
        values.put("cursor", cursor);
        return address.encode().buildAndExpand(values).toUriString();
    }
}
