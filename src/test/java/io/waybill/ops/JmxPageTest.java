package io.waybill.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page for operations says of every attribute and operation what the MBean itself says. */
class JmxPageTest {
    private static final Path PAGE = Path.of("src/docs/operations/jmx.md");

    @ParameterizedTest
    @ValueSource(classes = {ChannelMXBean.class, FlowMXBean.class, RoutesMXBean.class})
    void holdsTheWholeTable(Class<?> bean) throws IOException {
        assertThat(Files.readString(PAGE)).contains(rows(bean, true)).contains(rows(bean, false));
    }

    private static String rows(Class<?> bean, boolean attributes) {
        return Arrays.stream(bean.getDeclaredMethods())
                .filter(method -> isAttribute(method) == attributes)
                .map(JmxPageTest::row)
                .sorted()
                .collect(Collectors.joining("\n"));
    }

    private static boolean isAttribute(Method method) {
        return method.getName().matches("(get|is)[A-Z].*");
    }

    private static String row(Method method) {
        String name = isAttribute(method)
                ? method.getName().replaceFirst("get|is", "")
                : method.getName()
                        + Arrays.stream(method.getParameters())
                                .map(parameter -> parameter.getName())
                                .collect(Collectors.joining(", ", "(", ")"));
        String type = method.getReturnType().getSimpleName().toLowerCase(Locale.ROOT);
        return "| `" + name + "` | " + type + " | "
                + method.getAnnotation(Meaning.class).value() + " |";
    }
}
