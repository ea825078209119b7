package io.waybill.label.zpl;

/** Something a field cannot show. The field adds which command and where, see {@link Field#artwork}. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ZplError error;

    Refusal(ZplError error, String what) {
        super(what, null, false, false);
        this.error = error;
    }

    ZplException at(Command command) {
        return new ZplException(error, command.where() + ": " + getMessage());
    }
}
