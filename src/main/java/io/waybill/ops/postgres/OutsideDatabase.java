package io.waybill.ops.postgres;

/** A PostgreSQL somebody else runs. We only connect. */
record OutsideDatabase(String url, String user, String password) implements Database {
    @Override
    public String describe() {
        return "PostgreSQL at " + url.replaceFirst("^jdbc:postgresql:(//)?", "").replaceFirst("\\?.*", "");
    }

    @Override
    public String toString() {
        return describe();
    }

    @Override
    public void close() {}
}
