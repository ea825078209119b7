package io.waybill.api.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokensTest {
    @Test
    void knowsTheAdmin() {
        assertThat(Tokens.of("secret", "").find("secret")).contains(new Caller("admin", AccessRole.ADMIN));
    }

    @Test
    void knowsTheOthersByName() {
        Tokens tokens = Tokens.of("secret", "ann:viewer:a1, bob:operator:b:2");

        assertThat(tokens.find("a1")).contains(new Caller("ann", AccessRole.VIEWER));
        assertThat(tokens.find("b:2")).contains(new Caller("bob", AccessRole.OPERATOR));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "secre", "secrets", "SECRET"})
    void knowsNobodyElse(String token) {
        assertThat(Tokens.of("secret", "").find(token)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ann", "ann:viewer", "ann:boss:hidden", ":viewer:hidden", "ann:viewer:"})
    void refusesAnUnreadableSettingWithoutShowingTheToken(String setting) {
        assertThatThrownBy(() -> Tokens.of("secret", setting))
                .isInstanceOf(AccessFault.class)
                .hasMessageContaining("WAYBILL_TOKENS")
                .hasMessageNotContaining("hidden");
    }
}
