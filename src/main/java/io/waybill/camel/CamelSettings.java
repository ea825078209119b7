package io.waybill.camel;

import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param routes the folder ops edit
 * @param sandbox whether the shipped sandbox is part of the bundle
 * @param watchRoutes whether a saved edit goes live by itself; otherwise only by reload
 * @param quiet how long the folder must stay unchanged before it is read: shorter reads half-written files
 * @param allowPrivateTargets whether channels may call addresses of private networks
 */
@ConfigurationProperties("waybill")
public record CamelSettings(
        @DefaultValue("./routes") Path routes,
        @DefaultValue("true") boolean sandbox,
        @DefaultValue("true") boolean watchRoutes,
        @DefaultValue("1s") Duration quiet,
        @DefaultValue("false") boolean allowPrivateTargets) {}
