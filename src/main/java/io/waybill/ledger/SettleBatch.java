package io.waybill.ledger;

import io.waybill.order.OrderCancelled;
import io.waybill.order.OrderChanged;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes the outcomes of many sends in one go, each only while its fence still holds. */
final class SettleBatch {
    private final Db.Session session;
    private final List<Row> rows;

    SettleBatch(Db.Session session, List<Settlement> settlements) {
        this.session = session;
        this.rows = settlements.stream().map(Row::of).toList();
    }

    /** What an outcome says about the question whether something is at the destination that we do not know of. */
    private enum Doubt {
        NONE,
        /** This attempt told nothing about an earlier one: a question that was open stays open, and stays as old. */
        AS_BEFORE,
        /** This attempt may have taken effect: what it made may become visible from now on. */
        SINCE_NOW
    }

    /** One outcome in the columns it is written to. */
    private record Row(
            Settlement settlement,
            String outcome,
            String state,
            String reason,
            @Nullable Long delayMillis,
            boolean counts,
            Doubt doubt,
            @Nullable String code,
            @Nullable String error) {

        static Row of(Settlement settlement) {
            Outcome outcome = settlement.outcome();
            if (outcome instanceof Outcome.Delivered) {
                return ended(settlement, "delivered", "delivered", true, Doubt.NONE, null, null);
            } else if (outcome instanceof Outcome.Retry r) {
                return waiting(settlement, "retry", "retry", r.delay(), true, Doubt.AS_BEFORE, r.code(), r.error());
            } else if (outcome instanceof Outcome.Ambiguous a) {
                return waiting(settlement, "ambiguous", "retry", a.delay(), true, Doubt.SINCE_NOW, a.code(), a.error());
            } else if (outcome instanceof Outcome.Failed f) {
                // Only an answer settles what was open; a failure of ours says nothing about the destination.
                Doubt doubt = settlement.status() == 0 ? Doubt.AS_BEFORE : Doubt.NONE;
                return ended(settlement, "failed", "failed", true, doubt, f.code(), f.error());
            } else if (outcome instanceof Outcome.Unknown u) {
                return ended(settlement, "unknown", "unknown", false, Doubt.SINCE_NOW, u.code(), u.error());
            } else if (outcome instanceof Outcome.Later l) {
                return waiting(settlement, "later", l.reason(), l.delay(), false, Doubt.AS_BEFORE, l.code(), l.error());
            }
            if (outcome instanceof Outcome.Strange) {
                return new Row(
                        settlement,
                        "withheld",
                        "withheld",
                        Verdict.NOT_LINKED.word(),
                        null,
                        false,
                        Doubt.NONE,
                        null,
                        null);
            }
            return new Row(settlement, "needless", "superseded", "newer", null, false, Doubt.NONE, null, null);
        }

        private static Row ended(
                Settlement settlement,
                String outcome,
                String state,
                boolean counts,
                Doubt doubt,
                @Nullable String code,
                @Nullable String error) {
            return new Row(settlement, outcome, state, "", null, counts, doubt, code, error);
        }

        private static Row waiting(
                Settlement settlement,
                String outcome,
                String reason,
                Duration delay,
                boolean counts,
                Doubt doubt,
                String code,
                String error) {
            return new Row(settlement, outcome, "waiting", reason, delay.toMillis(), counts, doubt, code, error);
        }

        Claimed claimed() {
            return settlement.claimed();
        }

        boolean definite() {
            return switch (doubt) {
                case NONE -> true;
                case AS_BEFORE -> claimed().ambiguousFor() == null;
                case SINCE_NOW -> false;
            };
        }

        @Nullable
        Integer sentRevision() {
            return state.equals("delivered") && settlement.revision() > 0
                    ? Integer.valueOf(settlement.revision())
                    : null;
        }

        /** The choice of lines known to be there from now on. */
        int sentChoice() {
            return sentRevision() == null ? 0 : claimed().choice();
        }

        boolean movesQuantities() {
            return state.equals("delivered")
                    && switch (claimed().event().type()) {
                        case ORDER -> settlement.revision() > 0;
                        case CANCELLATION, SHIPMENT, RETURN -> true;
                        case LABEL, STATUS, TAGS -> false;
                    };
        }

        void count(Tally tally) {
            Claimed c = claimed();
            if (c.event() instanceof OrderChanged changed) {
                tally.hold(c.channel(), c.part(), c.seen(changed.order()).lines());
            } else {
                tally.knows(c.channel(), c.part(), isHome(), c.event());
            }
        }

        private boolean isHome() {
            return claimed().channel().equals(claimed().source());
        }

        /** The source took a cancellation of the whole order. */
        boolean cancelsAtSource() {
            return isHome()
                    && claimed().event() instanceof OrderCancelled cancelled
                    && cancelled.lines().isEmpty();
        }

        @Nullable
        String externalId() {
            return settlement.outcome() instanceof Outcome.Delivered d ? d.externalId() : null;
        }

        @Nullable
        String url() {
            return settlement.outcome() instanceof Outcome.Delivered d ? d.url() : null;
        }

        @Nullable
        Duration lookAgain() {
            return settlement.outcome() instanceof Outcome.Delivered d ? d.lookAgain() : null;
        }
    }

    void run() throws SQLException {
        Quantities.lock(
                session,
                rows.stream()
                        .filter(Row::movesQuantities)
                        .map(r -> r.claimed().orderId())
                        .toArray(Long[]::new));
        Set<Long> held = holdLanes();
        List<Row> valid =
                rows.stream().filter(r -> held.contains(r.claimed().laneId())).toList();
        if (!valid.isEmpty()) {
            writeDeliveries(valid);
            addLookAgains(valid.stream().filter(r -> r.lookAgain() != null).toList());
            writeLanes(valid);
            keepQuantities(valid.stream().filter(Row::movesQuantities).toList());
            wakeFactsOf(valid);
        }
        writeAttempts(held);
    }

    private Set<Long> holdLanes() throws SQLException {
        return new HashSet<>(session.query(
                """
                select l.id from lane l join unnest(?, ?) as x (id, fence) on l.id = x.id and l.fence = x.fence
                order by l.id for update of l""",
                row -> row.getLong(1),
                rows.stream().map(r -> r.claimed().laneId()).toArray(Long[]::new),
                rows.stream().map(r -> r.claimed().fence()).toArray(Integer[]::new)));
    }

    private void writeDeliveries(List<Row> valid) throws SQLException {
        session.update(
                """
                update delivery d set state = x.state, reason = x.reason, attempts = d.attempts + x.counts, sending_since = null,
                  vouched_for = false,
                  ambiguous_at = case x.doubt when 'SINCE_NOW' then now() when 'AS_BEFORE' then d.ambiguous_at end,
                  due_at = case when x.delay is not null then now() + x.delay * interval '1 millisecond' end,
                  finished_at = case when x.state = 'waiting' then null else now() end,
                  error_code = x.code, error = x.error, revision = coalesce(x.revision, d.revision)
                from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?) as x (id, state, reason, counts, doubt, delay, code, error, revision)
                where d.id = x.id and d.state = 'waiting'""",
                valid.stream().map(r -> r.claimed().deliveryId()).toArray(Long[]::new),
                valid.stream().map(Row::state).toArray(String[]::new),
                valid.stream().map(Row::reason).toArray(String[]::new),
                valid.stream().map(r -> r.counts() ? 1 : 0).toArray(Integer[]::new),
                valid.stream().map(r -> r.doubt().name()).toArray(String[]::new),
                valid.stream().map(Row::delayMillis).toArray(Long[]::new),
                valid.stream().map(Row::code).toArray(String[]::new),
                valid.stream().map(Row::error).toArray(String[]::new),
                valid.stream().map(Row::sentRevision).toArray(Integer[]::new));
    }

    /** After a create that could only be searched for: one more look for a twin, behind everything else on the lane. */
    private void addLookAgains(List<Row> created) throws SQLException {
        if (created.isEmpty()) {
            return;
        }
        session.update(
                """
                insert into delivery (id, order_id, lane_id, event_id, channel, operation, state, reason, key, due_at)
                select nextval('ledger_id'), d.order_id, d.lane_id, d.event_id, d.channel, 'find-order', 'waiting', 'due', d.key,
                  now() + x.delay * interval '1 millisecond'
                from unnest(?, ?) as x (id, delay) join delivery d on d.id = x.id""",
                created.stream().map(r -> r.claimed().deliveryId()).toArray(Long[]::new),
                created.stream()
                        .map(r -> Objects.requireNonNull(r.lookAgain()).toMillis())
                        .toArray(Long[]::new));
    }

    private void writeLanes(List<Row> valid) throws SQLException {
        session.update(
                """
                update lane l set leased_until = null, due_at = (select due_at from lane_due(l.id)),
                  external_id = coalesce(l.external_id, x.external_id), url = coalesce(x.url, l.url),
                  sent_revision = greatest(l.sent_revision, coalesce(x.revision, 0)),
                  sent_choice = greatest(l.sent_choice, x.choice),
                  sending_revision = case when x.definite then null else l.sending_revision end
                from unnest(?, ?, ?, ?, ?, ?) as x (id, external_id, url, revision, definite, choice)
                where l.id = x.id""",
                valid.stream().map(r -> r.claimed().laneId()).toArray(Long[]::new),
                valid.stream().map(Row::externalId).toArray(String[]::new),
                valid.stream().map(Row::url).toArray(String[]::new),
                valid.stream().map(Row::sentRevision).toArray(Integer[]::new),
                valid.stream().map(Row::definite).toArray(Boolean[]::new),
                valid.stream().map(Row::sentChoice).toArray(Integer[]::new));
    }

    private void keepQuantities(List<Row> delivered) throws SQLException {
        if (delivered.isEmpty()) {
            return;
        }
        Quantities quantities = new Quantities(session);
        quantities.load(
                delivered.stream().map(r -> r.claimed().orderId()).distinct().toList());
        delivered.forEach(r -> r.count(quantities.of(r.claimed().orderId())));
        Long[] cancelled = delivered.stream()
                .filter(Row::cancelsAtSource)
                .map(r -> r.claimed().orderId())
                .toArray(Long[]::new);
        if (cancelled.length > 0) {
            session.update(
                    "update orders set cancelled = true, changes = changes + 1 where id = any(?)", (Object) cancelled);
        }
        quantities.write();
    }

    /** Facts that came from there before we knew its id for the order. */
    private void wakeFactsOf(List<Row> valid) throws SQLException {
        List<Row> linked = valid.stream().filter(r -> r.externalId() != null).toList();
        if (!linked.isEmpty()) {
            session.update(
                    """
                    update receipt r set due_at = now() from unnest(?, ?) as x (channel, order_id)
                    where r.waits_for is not null and r.channel = x.channel and r.waits_for = x.order_id""",
                    linked.stream().map(r -> r.claimed().channel()).toArray(String[]::new),
                    linked.stream().map(Row::externalId).toArray(String[]::new));
        }
    }

    private void writeAttempts(Set<Long> held) throws SQLException {
        session.update(
                """
                update attempt a set finished_at = now(), outcome = x.outcome, status = x.status, request = x.request,
                  response = x.response, error_code = x.code, error = x.error, deployment = x.deployment,
                  revision = x.revision
                from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                  as x (delivery_id, number, outcome, status, request, response, code, error, deployment, revision)
                where a.delivery_id = x.delivery_id and a.number = x.number""",
                rows.stream().map(r -> r.claimed().deliveryId()).toArray(Long[]::new),
                rows.stream().map(r -> r.claimed().fence()).toArray(Integer[]::new),
                rows.stream()
                        .map(r -> held.contains(r.claimed().laneId()) ? r.outcome() : "late")
                        .toArray(String[]::new),
                rows.stream().map(r -> r.settlement().status()).toArray(Integer[]::new),
                rows.stream().map(r -> r.settlement().request()).toArray(String[]::new),
                rows.stream().map(r -> r.settlement().response()).toArray(String[]::new),
                rows.stream().map(Row::code).toArray(String[]::new),
                rows.stream().map(Row::error).toArray(String[]::new),
                rows.stream().map(r -> r.settlement().deployment()).toArray(String[]::new),
                rows.stream().map(r -> r.settlement().revision()).toArray(Integer[]::new));
    }
}
