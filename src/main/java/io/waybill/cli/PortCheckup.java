package io.waybill.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Whether the server could listen where it is told to. */
final class PortCheckup {
    private static final String SUBJECT = "port";

    private final Environment environment;

    PortCheckup(Environment environment) {
        this.environment = environment;
    }

    Diagnosis diagnosis() {
        String bind = environment.get("WAYBILL_BIND");
        String port = environment.get("WAYBILL_PORT");
        String address = bind + ":" + port;
        try (ServerSocket socket = new ServerSocket(Integer.parseInt(port), 1, InetAddress.getByName(bind))) {
            return socket.getInetAddress().isLoopbackAddress()
                    ? Diagnosis.fine(SUBJECT, address + " is free")
                    : Diagnosis.doubtful(
                            SUBJECT, address + " is free, and not only for this machine: put a TLS proxy before it");
        } catch (NumberFormatException e) {
            return Diagnosis.broken(SUBJECT, "WAYBILL_PORT is not a number: " + port);
        } catch (IOException e) {
            return Diagnosis.doubtful(
                    SUBJECT,
                    address + " is taken (" + e.getMessage() + "). Fine when that is Waybill; else use --port.");
        }
    }
}
