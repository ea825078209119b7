package io.waybill.channel;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The scheduled jobs a channel may have. */
public enum TaskKind {
    IMPORT_ORDERS(Operation.POLL_ORDERS),
    IMPORT_UPDATES(Operation.POLL_UPDATES),
    WRITE_INVENTORY(Operation.WRITE_INVENTORY),
    IMPORT_PRODUCTS(Operation.POLL_PRODUCTS),
    IMPORT_IMAGES(Operation.POLL_IMAGES),
    IMPORT_FBA_INVENTORY(Operation.POLL_FBA_INVENTORY),
    IMPORT_FBA_ORDERS(Operation.POLL_FBA_ORDERS),
    SYNC_STATUSES(Operation.SET_STATUS),
    REGISTER_WEBHOOKS(Operation.REGISTER_WEBHOOKS);

    private final Operation operation;

    TaskKind(Operation operation) {
        this.operation = operation;
    }

    public Operation operation() {
        return operation;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<TaskKind> of(String word) {
        return Arrays.stream(values()).filter(t -> t.word().equals(word)).findFirst();
    }
}
