package io.waybill.label;

import java.util.List;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.jspecify.annotations.Nullable;

/**
 * HTML that has been through the gate: nothing in it refers outside, every picture is at hand.
 *
 * @param pictures by the private address ({@code label:0}) that the document now uses for them, in its order
 * @param siblings how many of them came as sibling resources, not in a data URI
 * @param ownSize the page size its own style asks for
 */
record HtmlPage(
        Document document,
        Map<String, byte[]> pictures,
        int siblings,
        @Nullable PageSize ownSize,
        List<String> warnings) {}
