package io.waybill.label;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A label as it came.
 *
 * @param data raw bytes or Base64 text of them (MIME lines, URL-safe, unpadded, data URI, one gzip layer, one more Base64 layer)
 * @param declaredFormat what the carrier calls it; content wins, a mismatch becomes a warning
 * @param declaredSize the page wanted: {@code 4x6in}, {@code A6}, {@code 100x150mm}; null leaves it to the content
 * @param resources what an HTML label refers to, by file name, raw or Base64
 */
@SuppressWarnings("ArrayRecordComponent") // compared by Labels.key, never by equals
public record LabelSource(
        byte[] data,
        @Nullable String declaredFormat,
        @Nullable String declaredSize,
        Map<String, byte[]> resources,
        LabelOptions options) {
    public LabelSource {
        resources = new TreeMap<>(resources);
    }

    public static LabelSource of(byte[] data) {
        return new LabelSource(data, null, null, Map.of(), LabelOptions.DEFAULTS);
    }

    public static LabelSource of(byte[] data, @Nullable String declaredFormat, @Nullable String declaredSize) {
        return new LabelSource(data, declaredFormat, declaredSize, Map.of(), LabelOptions.DEFAULTS);
    }
}
