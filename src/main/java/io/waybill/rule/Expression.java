package io.waybill.rule;

/** A compiled true-or-false question about what a condition can see. Safe for use by many threads. */
interface Expression {
    /** TRUE, FALSE or MISSING. */
    Answer ask(Scope scope) throws Failed;

    /** It could not be evaluated. The message never repeats a value of the order. */
    final class Failed extends Exception {
        private static final long serialVersionUID = 1L;

        Failed(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
