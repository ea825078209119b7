package io.waybill.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.ledger.RunSummary;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class WalkTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    @Test
    void anEmptyPageInTheMiddleEndsNothingWherePagesAreTurned() {
        Walk walk = walk(null);
        walk.arrive(page(null, "two", null, item("a", 10)));
        walk.arrive(page(null, "three", null));
        assertThat(walk.goesOn()).isTrue();
        assertThat(walk.question().page()).isEqualTo("three");
        walk.arrive(page(null, null, false, item("b", 5)));
        assertThat(walk.goesOn()).isFalse();
    }

    @Test
    void anEmptyPageInTheMiddleEndsNothingWhereTheCursorSaysThatThereIsMore() {
        Walk walk = walk("c0");
        walk.arrive(page("c1", null, true, item("a", 10)));
        assertThat(walk.arrive(page("c2", null, true))).isEqualTo("c2");
        assertThat(walk.goesOn()).isTrue();
    }

    @Test
    void theCursorStaysUntilThePagesThatAreTurnedAreAllThere() {
        Walk walk = walk("2026-11-20T10:00:00Z");
        assertThat(walk.arrive(page(null, "two", null, item("a", 10)))).isEqualTo("2026-11-20T10:00:00Z");
        assertThat(walk.arrive(page(null, null, false, item("b", 20)))).isEqualTo("2026-11-20T11:50:00Z");
    }

    @Test
    void aCursorThatMovesBackIsNotKept() {
        Walk walk = walk("2026-11-20T11:00:00Z");
        assertThat(walk.arrive(page("2026-11-20T10:00:00Z", null, true, item("a", 90))))
                .isEqualTo("2026-11-20T11:00:00Z");
    }

    @Test
    void aPageThatNamesItselfAgainEndsTheWalk() {
        Walk walk = walk(null);
        walk.arrive(page(null, "two", null, item("a", 10)));
        walk.arrive(page(null, "two", null, item("b", 10)));
        assertThat(walk.goesOn()).isFalse();
    }

    @Test
    void byTimeItGoesOnUntilNothingIsNew() {
        Walk walk = walk("2026-11-20T10:00:00Z");
        walk.arrive(page(null, null, null, item("a", 60), item("b", 50)));
        assertThat(walk.goesOn()).isTrue();
        assertThat(walk.question().updatedSince()).isEqualTo("2026-11-20T11:10:00Z");
        walk.arrive(page(null, null, null, item("b", 50)));
        assertThat(walk.goesOn()).isFalse();
    }

    @Test
    void aDateInTheFutureSkipsNothing() {
        Walk walk = walk("2026-11-20T10:00:00Z");
        assertThat(walk.arrive(page(null, null, null, item("a", -600)))).isEqualTo(NOW.toString());
    }

    private static Walk walk(String cursor) {
        return new Walk(NOW, cursor, Duration.ofMinutes(5), Duration.ofDays(30));
    }

    private static Item item(String id, long minutesAgo) {
        return new Item(id, NOW.minus(Duration.ofMinutes(minutesAgo)), id.getBytes(StandardCharsets.UTF_8));
    }

    private static Page page(String nextCursor, String nextPage, Boolean hasMore, Item... items) {
        return new Page(List.of(items), nextCursor, nextPage, hasMore, new RunSummary(0, 0, 0, 0, 0));
    }
}
