package io.waybill.api.access;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.AuthorityUtils;

/** What a token may do; each includes the ones before it. */
public enum AccessRole {
    /** Look. */
    VIEWER,
    /** Push, retry, cancel, pause. */
    OPERATOR,
    /** Deploy, shadow, tokens. */
    ADMIN;

    static Optional<AccessRole> named(String word) {
        return Arrays.stream(values())
                .filter(role -> role.word().equals(word.strip().toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    List<GrantedAuthority> authorities() {
        return AuthorityUtils.createAuthorityList(Arrays.stream(values())
                .filter(role -> role.compareTo(this) <= 0)
                .map(role -> "ROLE_" + role)
                .toArray(String[]::new));
    }
}
