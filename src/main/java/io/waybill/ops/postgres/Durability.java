package io.waybill.ops.postgres;

/** What a committed transaction survives. */
enum Durability {
    /** Everything, a power cut included. The only one a server runs with. */
    FULL("on"),
    /** A stopped process, nothing more: for tests, which throw the data away. */
    NONE("off");

    private final String word;

    Durability(String word) {
        this.word = word;
    }

    /** As PostgreSQL's settings say it. */
    String word() {
        return word;
    }
}
