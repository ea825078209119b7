package io.waybill.ledger;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.function.Function;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Access tokens of channels. Its row is locked while a token is fetched, so that all nodes together fetch it once. */
public final class ChannelTokens {
    private final Db db;

    public ChannelTokens(DataSource dataSource) {
        this.db = new Db(dataSource);
    }

    /**
     * @param grant tells one set of credentials from the next
     * @param refresh the newest refresh token; null where the first one stays
     */
    public record Token(String grant, String access, @Nullable String refresh, Instant expiresAt) {
        @Override
        public String toString() {
            return "token until " + expiresAt;
        }
    }

    /**
     * The one kept when it is good, else the one fetched, which is durable when this returns.
     *
     * @param fetch given the one kept under the same grant, good or not; null when there is none
     */
    public Token renew(String channel, String grant, Predicate<Token> isGood, Function<@Nullable Token, Token> fetch) {
        return db.tx(session -> {
            session.update("insert into token (channel) values (?) on conflict (channel) do nothing", channel);
            Token kept = session.first(
                    "select grant_hash, access, refresh, expires_at from token where channel = ? for update",
                    row -> new Token(
                            row.getString(1),
                            row.getString(2),
                            row.getString(3),
                            row.getTimestamp(4).toInstant()),
                    channel);
            Token before = kept != null && kept.grant().equals(grant) ? kept : null;
            if (before != null && isGood.test(before)) {
                return before;
            }
            Token fetched = fetch.apply(before);
            session.update(
                    """
                    update token set grant_hash = ?, access = ?, refresh = ?, expires_at = ?, fetched_at = now()
                    where channel = ?""",
                    grant,
                    fetched.access(),
                    fetched.refresh(),
                    Timestamp.from(fetched.expiresAt()),
                    channel);
            return fetched;
        });
    }
}
