package io.waybill.cli;

import io.waybill.api.access.AdminToken;
import io.waybill.ops.postgres.Database;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.core.Ordered;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "serve",
        description =
                "Runs the server until it is stopped. Needs nothing: without a database URL it runs its own PostgreSQL.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ServeCommand implements Callable<Integer> {
    /** As application.yaml knows them; a log that cannot be set up cannot say why. */
    private static final Set<String> LOG_FORMATS = Set.of("text", "json");

    private final Environment environment;
    private final Class<?> server;

    @Spec
    private @Nullable CommandSpec spec;

    ServeCommand(Environment environment, Class<?> server) {
        this.environment = environment;
        this.server = server;
    }

    @Override
    public Integer call() throws InterruptedException {
        String format = environment.get("WAYBILL_LOG_FORMAT");
        if (!LOG_FORMATS.contains(format)) {
            Terminal.errors(spec).println("waybill: WAYBILL_LOG_FORMAT is " + format + ". It may be text or json.");
            return ExitStatus.UNUSABLE;
        }
        CountDownLatch stopped = new CountDownLatch(1);
        SpringApplication application = new SpringApplication(server);
        application.addListeners(new OptionsFirst());
        application.addInitializers(context -> context.addApplicationListener(event -> countDown(event, stopped)));
        ConfigurableApplicationContext context = application.run();
        greet((ServletWebServerApplicationContext) context, Terminal.of(spec));
        stopped.await();
        return ExitStatus.FINE;
    }

    /** Before the log is set up, which has options too. */
    private final class OptionsFirst implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {
        @Override
        public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
            event.getEnvironment().getPropertySources().addFirst(source(environment.options()));
        }

        @Override
        public int getOrder() {
            return Ordered.HIGHEST_PRECEDENCE;
        }
    }

    /**
     * Read like the process's environment and before it: {@code waybill.data} also finds {@code WAYBILL_DATA} there, and a
     * plain map of options would lose against it. Spring Boot knows such a source by the end of its name.
     */
    static PropertySource<?> source(Map<String, Object> options) {
        return new SystemEnvironmentPropertySource(
                "commandLine-" + StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, options);
    }

    private static void countDown(Object event, CountDownLatch stopped) {
        if (event instanceof ContextClosedEvent) {
            stopped.countDown();
        }
    }

    private static void greet(ServletWebServerApplicationContext context, PrintWriter out) {
        String address =
                "http://" + host(context) + ":" + context.getWebServer().getPort();
        AdminToken token = context.getBean(AdminToken.class);
        out.printf(
                "Waybill is ready after %,d ms: %s (API /api, description /openapi.json); %s; admin token %s%n",
                sinceStart(), address, context.getBean(Database.class).describe(), token.hint());
        out.flush();
    }

    private static String host(ServletWebServerApplicationContext context) {
        String bind = context.getEnvironment().getRequiredProperty("server.address");
        return bind.contains(":") ? "[" + bind + "]" : bind;
    }

    private static long sinceStart() {
        return System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
    }
}
