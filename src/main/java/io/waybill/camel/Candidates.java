package io.waybill.camel;

import io.waybill.channel.Bundle;
import io.waybill.channel.Finding;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.LoggingLevel;
import org.apache.camel.ManagementMBeansLevel;
import org.apache.camel.ManagementStatisticsLevel;
import org.apache.camel.RouteConfigurationsBuilder;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.StartupSummaryLevel;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.component.direct.DirectComponent;
import org.apache.camel.component.platform.http.PlatformHttpComponent;
import org.apache.camel.component.platform.http.springboot.CamelRequestHandlerMapping;
import org.apache.camel.component.platform.http.springboot.SpringBootPlatformHttpEngine;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.impl.engine.DefaultManagementNameStrategy;
import org.apache.camel.impl.engine.ExplicitCamelContextNameStrategy;
import org.apache.camel.model.Model;
import org.apache.camel.model.errorhandler.DefaultErrorHandlerDefinition;
import org.apache.camel.spi.ManagementAgent;
import org.apache.camel.spring.SpringCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.jspecify.annotations.Nullable;
import org.quartz.Scheduler;
import org.springframework.context.ApplicationContext;

/** Builds candidates, beside the generation that serves and without touching it, and refuses what cannot serve. */
final class Candidates {
    /** Stable over generations: metrics carry it, so their series go on. */
    static final String CONTEXT_NAME = "routes";

    private static final int CLOSING_SECONDS = 2;

    /** Camel names one broken route a start; each further one costs a build. */
    private static final int BROKEN_ROUTES_LISTED = 8;

    private final ApplicationContext application;
    private final OutboundHttp http;
    private final Executor webThreads;
    private final EndpointOptions options = new EndpointOptions(new DefaultCamelCatalog(true));
    private final AtomicInteger numbers = new AtomicInteger();

    Candidates(ApplicationContext application, OutboundHttp http, Executor webThreads) {
        this.application = application;
        this.http = http;
        this.webThreads = webThreads;
    }

    /** Its passive routes run, its sources do not. */
    Generation build(Bundle bundle) throws RefusedRoutes {
        RouteFiles files = RouteFiles.of(bundle);
        List<Finding> findings = new ArrayList<>();
        Set<String> broken = new HashSet<>();
        while (true) {
            Generation candidate = assemble(bundle);
            Optional<String> brokenRoute = tryStart(candidate, files, broken, findings);
            if (findings.isEmpty()) {
                return candidate;
            }
            candidate.close();
            if (brokenRoute.isEmpty() || !broken.add(brokenRoute.get()) || broken.size() > BROKEN_ROUTES_LISTED) {
                throw new RefusedRoutes(findings);
            }
        }
    }

    /** The route that kept it from starting, when leaving that one out may show further mistakes. */
    private Optional<String> tryStart(
            Generation candidate, RouteFiles files, Set<String> broken, List<Finding> findings) {
        SpringCamelContext context = (SpringCamelContext) candidate.context();
        if (broken.isEmpty()) {
            findings.addAll(files.findings());
        }
        model(context).setRouteFilter(route -> !broken.contains(route.getId()));
        List<Finding> loading = load(context, candidate.bundle(), files);
        if (!loading.isEmpty() || !(findings.isEmpty() || !broken.isEmpty())) {
            findings.addAll(loading);
            return Optional.empty();
        }
        try {
            context.start();
            findings.addAll(options.check(context, files));
            if (findings.isEmpty()) {
                candidate.openPassiveRoutes();
            }
            return Optional.empty();
        } catch (Exception e) {
            findings.add(new Diagnosis(files).ofStarting(e));
            return Diagnosis.routeId(e);
        }
    }

    private static Model model(SpringCamelContext context) {
        return context.getCamelContextExtension().getContextPlugin(Model.class);
    }

    private record Loaded(String file, RoutesBuilder builder) {}

    private interface Load {
        void of(RoutesBuilder builder) throws Exception;
    }

    /** One file at a time, so that a mistake has a file; configurations before routes before what templates make. */
    private List<Finding> load(SpringCamelContext context, Bundle bundle, RouteFiles files) {
        List<Finding> findings = new ArrayList<>();
        Diagnosis diagnosis = new Diagnosis(files);
        List<Loaded> loaded = parse(context, bundle, files, findings);
        each(loaded, diagnosis, findings, builder -> {
            if (builder instanceof RouteConfigurationsBuilder configurations) {
                context.addRoutesConfigurations(configurations);
            }
        });
        each(loaded, diagnosis, findings, context::addRoutes);
        each(loaded, diagnosis, findings, context::addTemplatedRoutes);
        if (findings.isEmpty() && files.findings().isEmpty()) {
            files.instances().forEach(instance -> instantiate(context, instance, diagnosis, findings));
        }
        return findings;
    }

    private static List<Loaded> parse(
            SpringCamelContext context, Bundle bundle, RouteFiles files, List<Finding> findings) {
        Set<String> unreadable = new HashSet<>();
        files.outlines()
                .filter(outline ->
                        outline.definitions().isEmpty() && !outline.findings().isEmpty())
                .forEach(outline -> unreadable.add(outline.file()));
        List<Loaded> loaded = new ArrayList<>();
        for (Bundle.RouteFile file : bundle.routeFiles()) {
            if (unreadable.contains(file.path())) {
                continue;
            }
            try {
                PluginHelper.getRoutesLoader(context)
                        .findRoutesBuilders(ResourceHelper.fromString(file.path(), file.yaml()))
                        .forEach(builder -> loaded.add(new Loaded(file.path(), builder)));
            } catch (Exception e) {
                findings.add(new Diagnosis(files).ofLoading(file.path(), e));
            }
        }
        return loaded;
    }

    private static void each(List<Loaded> loaded, Diagnosis diagnosis, List<Finding> findings, Load load) {
        loaded.removeIf(one -> {
            try {
                load.of(one.builder());
                return false;
            } catch (Exception e) {
                findings.add(diagnosis.ofLoading(one.file(), e));
                return true;
            }
        });
    }

    private static void instantiate(
            SpringCamelContext context, RouteFiles.Instance instance, Diagnosis diagnosis, List<Finding> findings) {
        try {
            TemplatedRouteBuilder.builder(context, instance.templateId())
                    .routeId(instance.routeId())
                    .prefixId(instance.routeId() + "-")
                    .parameter("channel", instance.channel().name())
                    .add();
        } catch (Exception e) {
            findings.add(diagnosis.ofLoading(instance.file(), e));
        }
    }

    private Generation assemble(Bundle bundle) {
        try {
            return assembleNumber(bundle, numbers.incrementAndGet());
        } catch (Exception e) {
            throw new IllegalStateException("no Camel context can be made", e);
        }
    }

    private Generation assembleNumber(Bundle bundle, int number) throws Exception {
        SpringCamelContext context = new SpringCamelContext(application);
        AtomicInteger inside = new AtomicInteger();
        configure(context, number);
        Placeholders.install(context, application.getEnvironment());
        context.build();
        ManagementAgent agent = context.getManagementStrategy().getManagementAgent();
        agent.setMBeansLevel(ManagementMBeansLevel.RoutesOnly);
        // Counting each step of each exchange costs more than most steps do.
        agent.setStatisticsLevel(ManagementStatisticsLevel.RoutesOnly);
        context.getCamelContextExtension().addContextPlugin(Bundle.class, bundle);
        addPolicies(context);
        context.getCamelContextExtension().addInterceptStrategy(new ShadowStop());
        CamelRequestHandlerMapping paths = addPaths(context, inside);
        addComponents(context);
        Scheduler scheduler = addScheduler(context, bundle, number);
        return new Generation(number, bundle, context, paths, scheduler, inside);
    }

    private static void configure(SpringCamelContext context, int number) {
        context.setNameStrategy(new ExplicitCamelContextNameStrategy(CONTEXT_NAME));
        // A fixed management name refuses a second live context.
        String name = "#name#-g" + number;
        context.setManagementNameStrategy(new DefaultManagementNameStrategy(context, name, name + "-#counter#"));
        context.setAutoStartup(false);
        context.setSourceLocationEnabled(true);
        context.setLoadTypeConverters(false);
        context.setLoadHealthChecks(false);
        context.setStartupSummaryLevel(StartupSummaryLevel.Off);
        context.setAutowiredEnabled(false);
        // What is still inside when a generation closes has been waited for already.
        context.getShutdownStrategy().setTimeout(CLOSING_SECONDS);
        context.getShutdownStrategy().setLogInflightExchangesOnTimeout(false);
        context.getCamelContextExtension().setErrorHandlerFactory(quietErrors());
    }

    /** A failure stays on its exchange for whoever asked; Camel's own log line would show message texts. */
    private static DefaultErrorHandlerDefinition quietErrors() {
        DefaultErrorHandlerDefinition errors = new DefaultErrorHandlerDefinition();
        errors.setLevel(LoggingLevel.OFF.name());
        return errors;
    }

    private void addPolicies(SpringCamelContext context) {
        context.addRoutePolicyFactory(new SourceHeaders());
        application.getBeanProvider(GenerationAddition.class).ifAvailable(addition -> {
            context.getCamelContextExtension().addContextPlugin(GenerationAddition.class, addition);
            addition.addTo(context);
        });
    }

    private CamelRequestHandlerMapping addPaths(SpringCamelContext context, AtomicInteger inside) {
        SpringBootPlatformHttpEngine engine = new SpringBootPlatformHttpEngine(0, counted(inside));
        PlatformHttpComponent component = new PlatformHttpComponent(context);
        component.setEngine(engine);
        CamelRequestHandlerMapping paths = new CamelRequestHandlerMapping(component, engine);
        paths.setApplicationContext(application);
        paths.afterPropertiesSet();
        context.addComponent("platform-http", component);
        return paths;
    }

    /** A request waiting for a thread is inside already: its generation must not close under it. */
    private Executor counted(AtomicInteger inside) {
        return task -> {
            inside.incrementAndGet();
            boolean handedOver = false;
            try {
                webThreads.execute(() -> {
                    try {
                        task.run();
                    } finally {
                        inside.decrementAndGet();
                    }
                });
                handedOver = true;
            } finally {
                if (!handedOver) {
                    inside.decrementAndGet();
                }
            }
        };
    }

    private void addComponents(SpringCamelContext context) {
        context.addComponent("http", http.component());
        context.addComponent("https", http.component());
        DirectComponent direct = new DirectComponent();
        // Left on, a call to a missing route waits 30 s for it.
        direct.setBlock(false);
        context.addComponent("direct", direct);
    }

    /** Only when a route asks for one: it costs threads. */
    private static @Nullable Scheduler addScheduler(SpringCamelContext context, Bundle bundle, int number)
            throws Exception {
        if (bundle.routeFiles().stream().noneMatch(file -> file.yaml().contains("quartz:"))) {
            return null;
        }
        Scheduler scheduler = PrivateScheduler.named(CONTEXT_NAME + "-g" + number);
        QuartzComponent quartz = new QuartzComponent();
        quartz.setScheduler(scheduler);
        quartz.setAutoStartScheduler(false);
        context.addComponent("quartz", quartz);
        return scheduler;
    }
}
