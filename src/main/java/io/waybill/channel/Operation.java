package io.waybill.channel;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One thing a connector can do; its file is {@code <word>.camel.yaml}. */
public enum Operation {
    READ_EVENT,
    GET_ORDER,
    POLL_ORDERS,
    POLL_UPDATES,
    FIND_ORDER,
    CREATE_ORDER,
    UPDATE_ORDER,
    CANCEL_ORDER,
    SHIP_ORDER,
    RETURN_ORDER,
    REFUND_ORDER,
    ATTACH_LABEL,
    SET_STATUS,
    SET_TAGS,
    POLL_PRODUCTS,
    CREATE_PRODUCT,
    POLL_IMAGES,
    WRITE_INVENTORY,
    POLL_INVENTORY,
    POLL_FBA_INVENTORY,
    POLL_FBA_ORDERS,
    REGISTER_WEBHOOKS,
    CHECK;

    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static List<String> words() {
        return Arrays.stream(values()).map(Operation::word).toList();
    }

    public static Optional<Operation> of(String word) {
        return Arrays.stream(values()).filter(o -> o.word().equals(word)).findFirst();
    }
}
