package io.waybill.channel.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.schibsted.spt.data.jslt.Function;
import com.schibsted.spt.data.jslt.JsltException;
import java.time.DateTimeException;

/** One function of ours. What it cannot do it says without its arguments: they may be personal data. */
final class MappingFunction implements Function {
    interface Body {
        JsonNode call(JsonNode[] arguments);
    }

    private final String name;
    private final int least;
    private final int most;
    private final Body body;

    MappingFunction(String name, int least, int most, Body body) {
        this.name = name;
        this.least = least;
        this.most = most;
        this.body = body;
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public int getMinArguments() {
        return least;
    }

    @Override
    public int getMaxArguments() {
        return most;
    }

    @Override
    public JsonNode call(JsonNode input, JsonNode[] arguments) {
        try {
            return body.call(arguments);
        } catch (ArithmeticException | DateTimeException | IllegalArgumentException e) {
            throw new JsltException(name + "(): its argument is not of the kind that it takes");
        }
    }
}
