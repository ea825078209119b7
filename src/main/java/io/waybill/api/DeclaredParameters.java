package io.waybill.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Refuses query parameters that a call does not know, and channels that there never were. A misspelt filter that were ignored
 * would list, or retry, everything; a misspelt channel would look like one without orders.
 */
@Configuration(proxyBeanMethods = false)
class DeclaredParameters implements WebMvcConfigurer, HandlerInterceptor {
    private final Map<java.lang.reflect.Method, Set<String>> known = new ConcurrentHashMap<>();
    private final ChannelFilter channels;

    DeclaredParameters(ChannelFilter channels) {
        this.channels = channels;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this).addPathPatterns("/api/**");
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method
                && method.getBeanType().getPackage() == DeclaredParameters.class.getPackage()) {
            Set<String> declared = known.computeIfAbsent(method.getMethod(), m -> Arrays.stream(m.getParameters())
                    .flatMap(DeclaredParameters::names)
                    .collect(Collectors.toCollection(TreeSet::new)));
            check(request.getParameterMap().keySet(), declared);
            channels.check(declared.contains("channel") ? request.getParameter("channel") : null);
        }
        return true;
    }

    private static void check(Set<String> given, Set<String> declared) {
        for (String name : given) {
            if (!declared.contains(name)) {
                throw Ask.invalid(
                        name.chars().anyMatch(Character::isISOControl) ? "?" : name,
                        "is not known here; known are: " + (declared.isEmpty() ? "none" : String.join(", ", declared)));
            }
        }
    }

    private static Stream<String> names(Parameter parameter) {
        if (parameter.isAnnotationPresent(ParameterObject.class)) {
            return Arrays.stream(parameter.getType().getRecordComponents()).map(RecordComponent::getName);
        }
        RequestParam annotation = parameter.getAnnotation(RequestParam.class);
        if (annotation == null) {
            return Stream.empty();
        }
        return Stream.of(annotation.name().isEmpty() ? parameter.getName() : annotation.name());
    }
}
