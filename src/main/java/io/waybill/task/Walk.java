package io.waybill.task;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The way of one run through a channel's pages: what to ask for next, and how far the cursor may move.
 *
 * <p>A channel that names its next cursor or page is followed. One that does not is walked by time: each page begins where
 * the last one ended, until a page brings nothing new. Walking by time loses nothing when orders change or arrive under the
 * poll: they only move forward, where the walk still goes.
 */
final class Walk {
    private final Instant began;
    private final Set<String> seen = new HashSet<>();
    private @Nullable String cursor;
    private @Nullable Instant newest;
    private Question question;
    private boolean goesOn = true;

    /** @param cursor for the channel to read, null at the first poll; @param page only within this run */
    record Question(Instant updatedSince, @Nullable String cursor, @Nullable String page) {}

    /**
     * @param cursor as the last run left it
     * @param overlap how far back behind it the first page reaches
     * @param reach how far back the first poll of all reaches
     */
    Walk(Instant began, @Nullable String cursor, Duration overlap, Duration reach) {
        this.began = began;
        this.cursor = cursor;
        Instant since = instant(cursor);
        this.newest = since;
        this.question = since == null
                ? new Question(began.minus(reach), cursor, null)
                : new Question(since.minus(overlap), since.minus(overlap).toString(), null);
    }

    Question question() {
        return question;
    }

    /** The cursor as it may be kept now that all of the page is stored; null when there is nothing to keep yet. */
    @Nullable
    String arrive(Page page) {
        Question asked = question;
        if (page.nextCursor() != null) {
            follow(asked, page, page.nextCursor());
        } else if (page.nextPage() != null && !Boolean.FALSE.equals(page.hasMore())) {
            turn(asked, page, page.nextPage());
        } else {
            byTime(asked, page);
        }
        return cursor;
    }

    boolean goesOn() {
        return goesOn;
    }

    private void follow(Question asked, Page page, String next) {
        boolean more = page.hasMore() == null ? !page.items().isEmpty() : page.hasMore();
        goesOn = more && !next.equals(asked.cursor());
        Instant since = instant(next);
        cursor = isBefore(next, cursor) ? cursor : next;
        question = new Question(since == null ? asked.updatedSince() : since, next, null);
    }

    /** Pages that are turned may come in any order: the cursor moves when the last one is stored. */
    private void turn(Question asked, Page page, String next) {
        look(page);
        goesOn = !next.equals(asked.page());
        question = new Question(asked.updatedSince(), asked.cursor(), next);
    }

    private void byTime(Question asked, Page page) {
        boolean news = look(page);
        Instant reached = newestOf(page);
        if (!page.items().isEmpty() && newest == null) {
            newest = began;
        }
        cursor = newest == null ? cursor : newest.toString();
        goesOn = news
                && reached != null
                && (asked.page() == null || Boolean.TRUE.equals(page.hasMore()))
                && !Boolean.FALSE.equals(page.hasMore())
                && reached.isAfter(asked.updatedSince());
        question = reached == null ? asked : new Question(reached, reached.toString(), null);
    }

    /** @return true when the page holds something that this run has not seen yet */
    private boolean look(Page page) {
        boolean news = false;
        for (Item item : page.items()) {
            news |= seen.add(name(item));
        }
        Instant reached = newestOf(page);
        if (reached != null && (newest == null || reached.isAfter(newest))) {
            newest = reached;
        }
        return news;
    }

    private static String name(Item item) {
        return Objects.requireNonNullElseGet(item.eventId(), () -> HexFormat.of()
                .formatHex(io.waybill.flow.Inbound.of("", "", null, "", item.body())
                        .bodyHash()));
    }

    /** A date in the future must not make the cursor skip what comes before it. */
    private @Nullable Instant newestOf(Page page) {
        Instant last = page.items().stream()
                .map(Item::changedAt)
                .filter(Objects::nonNull)
                .max(Instant::compareTo)
                .orElse(null);
        return last == null || last.isBefore(began) ? last : began;
    }

    private static boolean isBefore(String next, @Nullable String known) {
        Instant a = instant(next);
        Instant b = instant(known);
        return a != null && b != null && a.isBefore(b);
    }

    static @Nullable Instant instant(@Nullable String cursor) {
        try {
            return cursor == null ? null : Instant.parse(cursor);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
