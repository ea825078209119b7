package io.waybill.label.zpl;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the message itself put into the printer's memory. Names are looked up on any drive. */
final class Memory {
    private final Map<String, Bitmap> graphics = new HashMap<>();
    private final Map<String, List<Command>> formats = new HashMap<>();

    void store(String name, Bitmap bitmap) {
        graphics.put(key(name), bitmap);
    }

    void store(String name, List<Command> format) {
        formats.put(key(name), format);
    }

    @Nullable
    Bitmap graphic(String name) {
        return graphics.get(key(name));
    }

    @Nullable
    List<Command> format(String name) {
        return formats.get(key(name));
    }

    /** A star stands for all. */
    void delete(String name) {
        if (key(name).equals("*")) {
            graphics.clear();
        } else {
            graphics.remove(key(name));
        }
    }

    private static String key(String name) {
        String upper = name.strip().toUpperCase(Locale.ROOT);
        String withoutDrive = upper.substring(upper.indexOf(':') + 1);
        int dot = withoutDrive.lastIndexOf('.');
        String bare = dot > 0 ? withoutDrive.substring(0, dot) : withoutDrive;
        return bare.isEmpty() ? "UNKNOWN" : bare;
    }
}
