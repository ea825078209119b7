package io.waybill.api;

import io.waybill.channel.Bundle;
import io.waybill.channel.Channel;
import io.waybill.channel.Channel.OrderForm.As;
import io.waybill.flow.Routes;
import io.waybill.order.WaybillException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** The channels of the bundle now serving. */
@Component
class Serving {
    private final ObjectProvider<Routes> routes;

    Serving(ObjectProvider<Routes> routes) {
        this.routes = routes;
    }

    Bundle bundle() {
        return serving()
                .orElseThrow(() -> new WaybillException(
                        ApiError.ROUTES_NOT_SERVING, "No routes are serving yet. Try again in a moment."));
    }

    private Optional<Bundle> serving() {
        try {
            return Optional.ofNullable(routes.getIfAvailable()).map(Routes::bundle);
        } catch (WaybillException e) {
            return Optional.empty();
        }
    }

    Set<String> names() {
        return new TreeSet<>(bundle().channels().keySet());
    }

    /** For what is worth an answer before any routes serve. */
    Set<String> namesIfServing() {
        return serving().isEmpty() ? Set.of() : names();
    }

    Channel channel(String name) {
        return bundle().channel(name)
                .orElseThrow(() -> new WaybillException(
                        ApiError.UNKNOWN_CHANNEL,
                        "There is no such channel. There are: " + String.join(", ", names()) + "."));
    }

    /** Destinations whose orders take that form; null when none was asked for. */
    @Nullable
    List<String> destinationsAs(@Nullable As form) {
        return form == null
                ? null
                : bundle().channels().values().stream()
                        .filter(channel -> channel.orders().as() == form)
                        .map(Channel::name)
                        .toList();
    }

    static String word(As form) {
        return form.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
