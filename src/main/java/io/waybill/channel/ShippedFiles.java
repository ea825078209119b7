package io.waybill.channel;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** The flow and connectors inside the program. */
final class ShippedFiles {
    /**
     * What shipped routes, our own steps and the folder's overrides agree upon. Goes up when a step that routes call changes
     * its meaning, so that an override written before is found.
     */
    static final int CONTRACT = 1;

    static final SortedMap<String, byte[]> ALL = Collections.unmodifiableSortedMap(new TreeMap<>(read()));

    private static final String ROOT = "waybill/routes/";

    private ShippedFiles() {}

    private static Map<String, byte[]> read() {
        Map<String, byte[]> files = new TreeMap<>();
        try {
            for (Resource resource :
                    new PathMatchingResourcePatternResolver().getResources("classpath*:waybill/routes/**/*.*")) {
                try (InputStream in = resource.getInputStream()) {
                    files.put(path(resource), in.readAllBytes());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the routes inside the program cannot be read; it is damaged", e);
        }
        return files;
    }

    private static String path(Resource resource) throws IOException {
        String url = resource.getURL().toString();
        return url.substring(url.lastIndexOf(ROOT) + ROOT.length());
    }
}
