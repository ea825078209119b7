package io.waybill.rule;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A compiled condition. Every leaf is asked even when the answer is already known, so that the trace is whole. Leaves are
 * CEL; {@link #cel} is the whole as one CEL expression.
 */
sealed interface Condition permits Condition.All, Condition.Any, Condition.Not, Condition.Text, FieldLeaf, CelLeaf {
    Answer ask(Asking asking);

    String cel();

    record All(List<Condition> parts) implements Condition {
        @Override
        public Answer ask(Asking asking) {
            Answer answer = Answer.TRUE;
            for (Condition part : parts) {
                answer = answer.and(part.ask(asking));
            }
            return answer;
        }

        @Override
        public String cel() {
            return joined(parts, " && ");
        }
    }

    record Any(List<Condition> parts) implements Condition {
        @Override
        public Answer ask(Asking asking) {
            Answer answer = Answer.FALSE;
            for (Condition part : parts) {
                answer = answer.or(part.ask(asking));
            }
            return answer;
        }

        @Override
        public String cel() {
            return joined(parts, " || ");
        }
    }

    record Not(Condition part) implements Condition {
        @Override
        public Answer ask(Asking asking) {
            return part.ask(asking).not();
        }

        @Override
        public String cel() {
            return "!(" + part.cel() + ")";
        }
    }

    /** A condition written as text: inside it a missing field spreads as in CEL, outside it counts as false. */
    record Text(Condition whole, String cel) implements Condition {
        @Override
        public Answer ask(Asking asking) {
            return whole.ask(asking).missingIsFalse();
        }
    }

    private static String joined(List<Condition> parts, String operator) {
        return parts.size() == 1
                ? parts.get(0).cel()
                : parts.stream().map(Condition::cel).collect(Collectors.joining(operator, "(", ")"));
    }
}
