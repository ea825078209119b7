package io.waybill.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TagsByHandTest {
    @Test
    void whatAPersonAddedStaysWhateverTheSourceSays() {
        TagsByHand byHand = TagsByHand.NONE.toward(List.of("a"), List.of("a", "b"));
        assertThat(byHand.over(List.of("c"))).containsExactly("c", "b");
    }

    @Test
    void whatAPersonTookAwayStaysAway() {
        TagsByHand byHand = TagsByHand.NONE.toward(List.of("a", "b"), List.of("b"));
        assertThat(byHand.over(List.of("a", "b", "c"))).containsExactly("b", "c");
    }

    @Test
    void whatIsGivenBackIsNeitherAddedNorTakenAway() {
        TagsByHand removed = TagsByHand.NONE.toward(List.of("a"), List.of());
        TagsByHand back = removed.toward(List.of(), List.of("a"));
        assertThat(back.over(List.of())).containsExactly("a");
        assertThat(back.toward(List.of("a"), List.of()).over(List.of("a"))).isEmpty();
    }

    @Test
    void withoutAnythingByHandTagsAreAsTheyWere() {
        List<String> tags = List.of("a", "b");
        assertThat(TagsByHand.NONE.over(tags)).isSameAs(tags);
    }
}
