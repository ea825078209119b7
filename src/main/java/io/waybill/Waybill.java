package io.waybill;

import io.waybill.cli.Cli;

/** {@code waybill <command>}. */
public final class Waybill {
    private Waybill() {}

    public static void main(String... arguments) {
        System.exit(Cli.run(WaybillServer.class, arguments));
    }
}
