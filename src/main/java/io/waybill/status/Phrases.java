package io.waybill.status;

import static io.waybill.order.Status.CANCELLED;
import static io.waybill.order.Status.DELIVERED;
import static io.waybill.order.Status.DRAFT;
import static io.waybill.order.Status.ON_HOLD;
import static io.waybill.order.Status.PAID;
import static io.waybill.order.Status.PARTIALLY_REFUNDED;
import static io.waybill.order.Status.PARTIALLY_SHIPPED;
import static io.waybill.order.Status.PENDING;
import static io.waybill.order.Status.PROCESSING;
import static io.waybill.order.Status.REFUNDED;
import static io.waybill.order.Status.RETURNED;
import static io.waybill.order.Status.SHIPPED;

import io.waybill.order.Status;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Guesses by the words in a status. The order counts: "partially refunded" is asked before "refunded", "cancelled after
 * shipping" is a cancellation. A word counts by how it begins, so that "unpaid" is not "paid"; and what has only been asked
 * for, is awaited or went wrong is never taken for what it is about.
 */
final class Phrases {
    private static final double PHRASE = 0.8;
    private static final double KEY_WORD = 0.7;
    private static final double WEAK = 0.4;
    private static final double DOUBTFUL = 0.3;

    /** Words that are whole, and beginnings of words. */
    private static final List<String> OPEN_WORDS = List.of("not", "no", "before", "be");

    private static final String[] OPEN = {"await", "pending", "wait", "ready", "request", "schedul", "approv"};
    private static final String[] WRONG = {"fail", "declin", "reject", "refus", "error", "exception"};

    /** @param status null where the words say that nothing can be said */
    private record Rule(List<String> any, @Nullable Status status, double confidence) {
        boolean holds(List<String> words) {
            return any.stream().anyMatch(beginning -> has(words, beginning));
        }
    }

    /** After partial ones and open questions; the first that holds counts. */
    private static final List<Rule> KEY_WORDS = List.of(
            new Rule(List.of("refund", "reimburs"), REFUNDED, KEY_WORD),
            new Rule(List.of("return", "rma"), RETURNED, KEY_WORD),
            new Rule(List.of("cancel", "void"), CANCELLED, KEY_WORD),
            new Rule(List.of("declin", "reject", "fail", "closed"), CANCELLED, DOUBTFUL),
            new Rule(List.of("transit", "enroute"), SHIPPED, KEY_WORD),
            new Rule(List.of("delivered"), DELIVERED, KEY_WORD),
            new Rule(List.of("complet", "deliver"), DELIVERED, WEAK),
            new Rule(List.of("shipped", "dispatched", "despatched", "fulfilled"), SHIPPED, KEY_WORD),
            new Rule(List.of("ship", "dispatch", "despatch", "fulfil"), SHIPPED, WEAK),
            new Rule(List.of("hold", "review", "verif", "disput", "fraud", "chargeback", "suspend"), ON_HOLD, KEY_WORD),
            new Rule(
                    List.of("process", "pick", "pack", "accept", "acknowledg", "prepar", "progress", "confirm"),
                    PROCESSING,
                    KEY_WORD),
            new Rule(List.of("paid", "authori", "captur", "funded"), PAID, KEY_WORD),
            new Rule(List.of("unpaid", "pending", "await"), PENDING, KEY_WORD),
            new Rule(List.of("open", "new", "created", "placed", "received"), PENDING, Proposal.LIKELY),
            new Rule(List.of("draft", "incomplete", "quot"), DRAFT, KEY_WORD));

    private Phrases() {}

    static Proposal proposal(String word, List<String> words, String text) {
        if (has(words, "partial", "partly")) {
            return partly(word, words);
        }
        Proposal early = notYet(word, words, text);
        if (early != null) {
            return early;
        }
        return KEY_WORDS.stream()
                .filter(rule -> rule.holds(words))
                .findFirst()
                .map(rule -> new Proposal(
                        word, rule.status(), rule.confidence(), "by the word \"" + found(rule, words) + "\""))
                .orElseGet(() -> new Proposal(word, null, 0, "nothing in it is known; choose its meaning"));
    }

    private static Proposal partly(String word, List<String> words) {
        if (has(words, "refund")) {
            return new Proposal(word, PARTIALLY_REFUNDED, PHRASE, "partial, and refund");
        }
        if (has(words, "ship", "fulfil", "dispatch", "despatch")) {
            return new Proposal(word, PARTIALLY_SHIPPED, PHRASE, "partial, and shipped");
        }
        if (has(words, "deliver")) {
            return new Proposal(word, PARTIALLY_SHIPPED, WEAK, "part of it was delivered, so part of it was shipped");
        }
        if (has(words, "paid", "pay", "authori", "captur")) {
            return new Proposal(word, PENDING, PHRASE, "not paid in full");
        }
        return new Proposal(word, null, 0, "partial what? choose its meaning");
    }

    /** What is awaited, asked for or went wrong has not happened. */
    private static @Nullable Proposal notYet(String word, List<String> words, String text) {
        boolean open = has(words, OPEN) || words.stream().anyMatch(OPEN_WORDS::contains);
        boolean wrong = has(words, WRONG);
        if (text.equals("unshipped") || text.equals("unfulfilled")) {
            return new Proposal(word, PAID, Proposal.LIKELY, "not shipped yet; paid or in the works");
        }
        if (text.contains("out for delivery") || text.contains("picked up")) {
            return new Proposal(word, SHIPPED, KEY_WORD, "it is on its way");
        }
        if (has(words, "pickup", "collection") || text.contains("pick up")) {
            return new Proposal(word, PROCESSING, Proposal.LIKELY, "it lies ready to be fetched");
        }
        if ((open || wrong) && has(words, "refund", "return", "cancel")) {
            return new Proposal(
                    word, ON_HOLD, DOUBTFUL, "asked for or not settled: it may also be left as it was; choose");
        }
        if (open && (has(words, "pay", "paid", "unpaid") || has(words, "approval"))) {
            return new Proposal(word, PENDING, PHRASE, "payment or approval is awaited");
        }
        if ((open || has(words, "label"))
                && has(words, "ship", "fulfil", "deliver", "dispatch", "despatch", "unshipped")) {
            return new Proposal(word, PAID, Proposal.LIKELY, "not shipped yet; paid or in the works");
        }
        if (wrong && has(words, "ship", "deliver", "fulfil")) {
            return new Proposal(word, ON_HOLD, DOUBTFUL, "something went wrong on the way; choose");
        }
        return null;
    }

    private static String found(Rule rule, List<String> words) {
        return words.stream()
                .filter(each -> rule.any().stream().anyMatch(each::startsWith))
                .findFirst()
                .orElse(rule.any().get(0));
    }

    private static boolean has(List<String> words, String... beginnings) {
        return words.stream().anyMatch(word -> Arrays.stream(beginnings).anyMatch(word::startsWith));
    }
}
