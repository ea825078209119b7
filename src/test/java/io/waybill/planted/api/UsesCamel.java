package io.waybill.planted.api;

import org.apache.camel.Exchange;

/** Planted: an API that speaks Camel. */
final class UsesCamel {
    Class<?> exchange() {
        return Exchange.class;
    }
}
