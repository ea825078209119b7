package io.waybill.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageSizeTest {
    @ParameterizedTest
    @CsvSource({
        "4x6in,288,432",
        "4X6,288,432",
        "4 x 6 in,288,432",
        "4in x 6in,288,432",
        "LABEL_4x6,288,432",
        "100x150mm,283.46,425.2",
        "100x150,283.46,425.2",
        "10x15cm,283.46,425.2",
        "288x432pt,288,432",
        "4.25×6.75in,306,486",
        "a6,297.64,419.53",
        "A4 landscape,841.89,595.28",
        "letter,612,792"
    })
    void reads(String text, float width, float height) {
        PageSize size = PageSize.parse(text);

        assertThat(size.width()).isCloseTo(width, within(0.1f));
        assertThat(size.height()).isCloseTo(height, within(0.1f));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A99", "6", "4x6furlong", "200000x200000in", "0x0in", "NaNxNaN", "-4x6in", "1x1mm"})
    void refuses(String text) {
        assertThatThrownBy(() -> PageSize.parse(text))
                .isInstanceOfSatisfying(
                        LabelException.class, e -> assertThat(e.error()).isEqualTo(LabelError.BAD_PAGE_SIZE));
    }
}
