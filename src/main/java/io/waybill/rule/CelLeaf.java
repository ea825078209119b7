package io.waybill.rule;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One piece of a text condition, between its {@code &&}, {@code ||} and {@code !}. {@code plain}: it needs all its fields,
 * so one that is missing settles it. {@code lowered} is the same piece with its texts in lower case.
 */
record CelLeaf(String cel, List<Path> paths, boolean plain, Expression expression, @Nullable Expression lowered)
        implements Condition {
    @Override
    public Answer ask(Asking asking) {
        String missing = missing(asking.scope());
        Answer answer = plain && missing != null ? Answer.MISSING : ask(expression, asking.scope(), asking);
        if (asking.isNoting()) {
            note(asking, answer, missing);
        }
        return answer;
    }

    private @Nullable String missing(Scope scope) {
        for (Path path : paths) {
            if (path.read(scope) == null && !path.isList() && path.type() != FieldType.ATTRIBUTES) {
                return path.text();
            }
        }
        return null;
    }

    private static Answer ask(Expression expression, Scope scope, Asking asking) {
        try {
            return expression.ask(scope);
        } catch (Expression.Failed e) {
            asking.failed(String.valueOf(e.getMessage()));
            return Answer.FAILED;
        }
    }

    private void note(Asking asking, Answer answer, @Nullable String missing) {
        boolean near = answer == Answer.FALSE && lowered != null && holdsLowered(asking.scope(), lowered);
        asking.note(new ConditionTrace(
                paths.stream().map(Path::text).collect(Collectors.joining(", ")),
                "cel",
                cel,
                actual(asking.scope()),
                answer == Answer.TRUE,
                near,
                near ? ConditionTrace.LETTER_CASE : words(answer, missing, asking)));
    }

    private static boolean holdsLowered(Scope scope, Expression lowered) {
        try {
            return lowered.ask(scope.folded()) == Answer.TRUE;
        } catch (Expression.Failed e) {
            return false;
        }
    }

    private static @Nullable String words(Answer answer, @Nullable String missing, Asking asking) {
        return switch (answer) {
            case TRUE, FALSE -> null;
            case MISSING -> missing == null ? "missing" : missing + " is missing";
            case FAILED -> asking.failure();
        };
    }

    private @Nullable Object actual(Scope scope) {
        if (paths.size() == 1) {
            return Shown.of(paths.get(0).read(scope));
        }
        Map<String, Object> values = new LinkedHashMap<>();
        paths.forEach(path -> values.put(path.text(), Objects.requireNonNullElse(Shown.of(path.read(scope)), "")));
        return values.isEmpty() ? null : values;
    }
}
