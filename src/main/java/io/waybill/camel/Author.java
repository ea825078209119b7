package io.waybill.camel;

import java.util.Locale;

/** Who deploys, and by what way. */
record Author(String by, Via via) {
    enum Via {
        /** A saved edit that was noticed. */
        FOLDER,
        RELOAD,
        /** An edit by the API or the console. */
        EDIT,
        ROLLBACK,
        /** The folder as a starting server found it. */
        START,
        /** The same folder over what a newer program ships. */
        UPGRADE;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Author itself(Via via) {
        return new Author(via.word(), via);
    }
}
