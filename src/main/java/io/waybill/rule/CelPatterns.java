package io.waybill.rule;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Compiled patterns (RE2: no backtracking, so no pattern can hang an import). CEL's own {@code matches} compiles its
 * pattern again for every order; this one remembers. Bounded, since a pattern may come out of an order's field.
 */
final class CelPatterns {
    /** A larger pattern is a mistake or an attack; the largest sensible ones need a few hundred. */
    static final int MAX_PROGRAM_SIZE = 2_000;

    private static final int REMEMBERED = 1_000;

    private final ConcurrentMap<String, Pattern> patterns = new ConcurrentHashMap<>();

    boolean matches(String text, String pattern) {
        return compiled(pattern).matcher(text).find();
    }

    private Pattern compiled(String text) {
        Pattern known = patterns.get(text);
        if (known != null) {
            return known;
        }
        Pattern pattern = compile(text);
        if (patterns.size() < REMEMBERED) {
            patterns.put(text, pattern);
        }
        return pattern;
    }

    private static Pattern compile(String text) {
        Pattern pattern = Pattern.compile(text);
        if (pattern.programSize() > MAX_PROGRAM_SIZE) {
            throw new IllegalArgumentException("the pattern is too large");
        }
        return pattern;
    }

    /** What to write instead, or null when the pattern is fine. */
    static @Nullable String problem(String text) {
        try {
            compile(text);
            return null;
        } catch (PatternSyntaxException e) {
            return "mend the pattern (RE2 syntax): " + e.getDescription();
        } catch (IllegalArgumentException e) {
            return "write a shorter pattern: " + e.getMessage();
        }
    }
}
