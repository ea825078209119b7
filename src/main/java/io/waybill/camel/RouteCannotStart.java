package io.waybill.camel;

/** Names the route; Camel's own exceptions do so only sometimes. */
final class RouteCannotStart extends Exception {
    private static final long serialVersionUID = 1L;

    private final String routeId;

    RouteCannotStart(String routeId, Exception cause) {
        super("route " + routeId + " cannot start: " + cause.getMessage(), cause);
        this.routeId = routeId;
    }

    String routeId() {
        return routeId;
    }
}
