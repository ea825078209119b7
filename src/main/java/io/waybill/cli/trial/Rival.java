package io.waybill.cli.trial;

import java.io.IOException;

/** Another program that converts labels, kept running and asked for one after the other. */
interface Rival extends AutoCloseable {
    String name();

    long pid();

    /** One label, whole, before it returns. */
    int convert() throws IOException, InterruptedException;

    @Override
    void close();
}
