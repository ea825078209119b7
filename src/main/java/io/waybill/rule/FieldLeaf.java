package io.waybill.rule;

import org.jspecify.annotations.Nullable;

/** One comparison of a structured condition. {@code anyCase} asks the same without letter case, where it matters. */
record FieldLeaf(
        Path path, Operator operator, Object expected, Expression expression, @Nullable Expression anyCase, String cel)
        implements Condition {
    @Override
    public Answer ask(Asking asking) {
        Object actual = path.read(asking.scope());
        if (actual == null && operator != Operator.EXISTS) {
            note(asking, null, false, false, "missing");
            return Answer.FALSE;
        }
        Answer answer = ask(expression, asking).missingIsFalse();
        if (asking.isNoting()) {
            boolean near = answer == Answer.FALSE && anyCase != null && ask(anyCase, asking) == Answer.TRUE;
            note(asking, actual, answer == Answer.TRUE, near, answer == Answer.FAILED ? asking.failure() : null);
        }
        return answer;
    }

    private static Answer ask(Expression expression, Asking asking) {
        try {
            return expression.ask(asking.scope());
        } catch (Expression.Failed e) {
            asking.failed(String.valueOf(e.getMessage()));
            return Answer.FAILED;
        }
    }

    private void note(Asking asking, @Nullable Object actual, boolean result, boolean near, @Nullable String note) {
        asking.note(new ConditionTrace(
                path.text(),
                operator.word(),
                expected,
                Shown.of(actual),
                result,
                near,
                near ? ConditionTrace.LETTER_CASE : note));
    }
}
