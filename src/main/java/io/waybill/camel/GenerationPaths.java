package io.waybill.camel;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.HandlerMapping;

/**
 * The platform-http paths of the generation that serves. Each generation has a mapping of its own because a path cannot be
 * taken out of Camel's; this one never changes and asks the serving one. Our own controllers come first.
 */
final class GenerationPaths implements HandlerMapping, Ordered {
    private final Generations generations;

    GenerationPaths(Generations generations) {
        this.generations = generations;
    }

    @Override
    public @Nullable HandlerExecutionChain getHandler(HttpServletRequest request) throws Exception {
        Generation serving = generations.servingOrNull();
        return serving == null ? null : serving.paths().getHandler(request);
    }

    @Override
    public boolean usesPathPatterns() {
        return true;
    }

    @Override
    public int getOrder() {
        return 1;
    }
}
