package io.waybill.planted.status;

import java.sql.Connection;

/** Planted: a status mapping that speaks to the database. */
final class UsesSql {
    Class<?> connection() {
        return Connection.class;
    }
}
