package io.waybill.camel;

import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.camel.CamelContext;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.spi.PropertiesFunction;
import org.apache.camel.spi.PropertiesSource;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/**
 * What {@code {{…}}} means in route files: a few settings of the server, and {@code {{env:NAME}}} or {@code {{sys:NAME}}}
 * while routes are being made. Camel also looks for placeholders in headers such as CamelHttpUri when a message comes by;
 * there they could come from another system, and would send it our environment.
 */
final class Placeholders {
    private static final Set<String> SETTINGS = Set.of("waybill.routes", "waybill.data", "waybill.sandbox");
    private static final int NEVER = 0;

    private Placeholders() {}

    static void install(CamelContext context, Environment environment) {
        PropertiesComponent placeholders = new PropertiesComponent();
        placeholders.setCamelContext(context);
        placeholders.setEnvironmentVariableMode(NEVER);
        placeholders.setSystemPropertiesMode(NEVER);
        placeholders.addPropertiesSource(new ServerSettings(environment));
        placeholders.addPropertiesFunction(new WhileBuilding("env", System::getenv, context));
        placeholders.addPropertiesFunction(new WhileBuilding("sys", System::getProperty, context));
        context.setPropertiesComponent(placeholders);
    }

    private record ServerSettings(Environment environment) implements PropertiesSource {
        @Override
        public String getName() {
            return "waybill";
        }

        @Override
        public @Nullable String getProperty(String name) {
            return SETTINGS.contains(name) ? environment.getProperty(name) : null;
        }
    }

    private record WhileBuilding(String name, UnaryOperator<@Nullable String> values, CamelContext context)
            implements PropertiesFunction {
        @Override
        public String getName() {
            return name;
        }

        @Override
        public @Nullable String apply(String nameAndDefault) {
            if (context.isStarted()) {
                throw new IllegalArgumentException("{{" + name + ":…}} is only read while routes are made");
            }
            String[] parts = nameAndDefault.split(":", 2);
            String value = values.apply(parts[0]);
            return value == null && parts.length == 2 ? parts[1] : value;
        }
    }
}
