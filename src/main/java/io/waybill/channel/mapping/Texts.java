package io.waybill.channel.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.schibsted.spt.data.jslt.Function;
import io.waybill.order.EventJson;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.springframework.web.util.HtmlUtils;

/** What systems do to text: entities, encodings, addresses with a query, names in one piece. */
final class Texts {
    /** Stands where null itself is to be sent: a member whose value is null is left out otherwise. */
    static final TextNode NULL = TextNode.valueOf("\u0001null\u0001");

    private static final int MOST_BYTES = 20 * 1024 * 1024;
    private static final Pattern LINK = Pattern.compile("<([^>]*)>([^<]*)");

    private Texts() {}

    static List<Function> functions() {
        return List.of(
                text("html-unescape", HtmlUtils::htmlUnescape),
                text("base64", text -> Base64.getEncoder().encodeToString(text.getBytes(UTF_8))),
                text("from-base64", text -> new String(Base64.getMimeDecoder().decode(text), UTF_8)),
                text("gunzip-base64", Texts::gunzipped),
                text("hex", text -> HexFormat.of().formatHex(text.getBytes(UTF_8))),
                text("url-encode", text -> URLEncoder.encode(text, UTF_8).replace("+", "%20")),
                text("first-name", Texts::firstName),
                text(
                        "last-name",
                        text -> text.strip().substring(firstName(text).length()).strip()),
                new MappingFunction("link-next", 1, 1, arguments -> linkNext(arguments[0])),
                new MappingFunction("query-parameter", 2, 2, Texts::queryParameter),
                new MappingFunction("shorten", 2, 2, Texts::shortened),
                new MappingFunction("from-json", 1, 2, Texts::fromJson),
                new MappingFunction("send-null", 0, 0, arguments -> NULL));
    }

    private static Function text(String name, UnaryOperator<String> change) {
        return new MappingFunction(
                name,
                1,
                1,
                arguments -> arguments[0].isNull()
                        ? NullNode.instance
                        : TextNode.valueOf(change.apply(arguments[0].asText())));
    }

    /** All but the last word. */
    private static String firstName(String name) {
        int space = name.strip().lastIndexOf(' ');
        return space < 0 ? name.strip() : name.strip().substring(0, space).strip();
    }

    private static String gunzipped(String base64) {
        byte[] packed = Base64.getMimeDecoder().decode(base64);
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new IllegalArgumentException();
            }
            return Base64.getEncoder().encodeToString(bytes);
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** The address with rel="next" of a Link header (RFC 8288). */
    private static JsonNode linkNext(JsonNode header) {
        return LINK.matcher(header.asText(""))
                .results()
                .filter(link -> link.group(2).matches("(?i).*;\\s*rel=\"?next\"?.*"))
                .findFirst()
                .map(link -> (JsonNode) TextNode.valueOf(link.group(1)))
                .orElse(NullNode.instance);
    }

    private static JsonNode queryParameter(JsonNode[] arguments) {
        if (arguments[0].isNull()) {
            return NullNode.instance;
        }
        String query = URI.create(arguments[0].asText()).getRawQuery();
        String start = arguments[1].asText() + "=";
        return Stream.of(query == null ? new String[0] : query.split("&"))
                .filter(pair -> pair.startsWith(start))
                .findFirst()
                .map(pair -> (JsonNode) TextNode.valueOf(URLDecoder.decode(pair.substring(start.length()), UTF_8)))
                .orElse(NullNode.instance);
    }

    /** Never through the middle of a character. */
    private static JsonNode shortened(JsonNode[] arguments) {
        String text = arguments[0].asText();
        int most = arguments[1].intValue();
        if (arguments[0].isNull() || text.length() <= most) {
            return arguments[0];
        }
        boolean pair = most > 0 && Character.isHighSurrogate(text.charAt(most - 1));
        return TextNode.valueOf(text.substring(0, pair ? most - 1 : most));
    }

    /** As JSLT's own, with numbers as they are written. */
    private static JsonNode fromJson(JsonNode[] arguments) {
        try {
            return arguments[0].isNull() ? NullNode.instance : EventJson.MAPPER.readTree(arguments[0].asText());
        } catch (JsonProcessingException e) {
            if (arguments.length == 2) {
                return arguments[1];
            }
            throw new IllegalArgumentException(e);
        }
    }
}
