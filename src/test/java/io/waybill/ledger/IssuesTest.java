package io.waybill.ledger;

import static io.waybill.ledger.LedgerScene.order;
import static io.waybill.ledger.LedgerScene.publish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.TestDatabase;
import io.waybill.ledger.IssueViews.Issue;
import io.waybill.order.WaybillException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Failures in groups, on a real PostgreSQL. */
class IssuesTest {
    private final TestDatabase database = TestDatabase.fresh();
    private final LedgerScene scene = new LedgerScene(database);
    private final Issues issues = new Issues(database.dataSource());
    private final IssueViews views = new IssueViews(database.dataSource());
    private final ManualRetries retries = new ManualRetries(database.dataSource());
    private final AuditLog audit = new AuditLog(database.dataSource());
    private int number;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SKU \"A-1\" is unknown | SKU \"B-2\" is unknown | 1",
                "SKU A-1 is unknown | SKU B-27 is unknown | 1",
                "order 17 was refused | order 4711 was refused | 1",
                "no customer ada@example.com | no customer bob@example.org | 1",
                "see https://a/x | see https://b/y | 1",
                "cannot ship 'Ada' | cannot ship 'Bob' | 1",
                "no such SKU | no such customer | 2",
            })
    void groupsWhatDiffersOnlyFromOrderToOrder(String one, String other, int groups) {
        fails("refused", one);
        fails("refused", other);
        assertThat(open()).hasSize(groups);
    }

    @Test
    void tellsChannelOperationAndCodeApart() {
        fails("refused", "no");
        fails("rejected", "no");
        scene.receive(order(next(), "paid", 1), publish("erp"));
        scene.fail("erp", "refused", "no");
        assertThat(open()).hasSize(3);
    }

    @Test
    void countsAndShowsTheNewestMessage() {
        fails("refused", "SKU \"A\" is unknown");
        fails("refused", "SKU \"B\" is unknown");
        assertThat(open()).singleElement().satisfies(issue -> {
            assertThat(issue.count()).isEqualTo(2);
            assertThat(issue.message()).isEqualTo("SKU \"B\" is unknown");
            assertThat(issue.state()).isEqualTo(IssueState.OPEN);
            assertThat(issue.kind()).isEqualTo("delivery");
            assertThat(issue.first()).isBefore(issue.last());
        });
    }

    @Test
    void resolvesItselfWhenItsDeliveriesGoThrough() {
        fails("refused", "no");
        issues.settle();
        String id = open().get(0).id();
        retryAll();
        assertThat(open()).isEmpty();
        assertThat(views.one(id).state()).isEqualTo(IssueState.RESOLVED);
        issues.settle();
        assertThat(views.list(IssueState.RESOLVED, null)).singleElement().satisfies(issue -> {
            assertThat(issue.count()).isZero();
            assertThat(issue.message()).isEqualTo("no");
        });
    }

    @Test
    void opensAgainWhenItComesAgain() {
        fails("refused", "no");
        String id = open().get(0).id();
        issues.acknowledge(id, "olga");
        retryAll();
        issues.settle();
        assertThat(views.one(id).state()).isEqualTo(IssueState.RESOLVED);
        fails("refused", "no");
        assertThat(views.one(id).state()).isEqualTo(IssueState.OPEN);
        issues.settle();
        assertThat(views.one(id).state()).isEqualTo(IssueState.OPEN);
        assertThat(views.one(id).by()).isNull();
    }

    @Test
    void staysAcknowledgedWhileItGoesOn() {
        fails("refused", "no");
        String id = open().get(0).id();
        issues.acknowledge(id, "olga");
        fails("refused", "no");
        issues.settle();
        assertThat(open()).singleElement().satisfies(issue -> {
            assertThat(issue.state()).isEqualTo(IssueState.ACKNOWLEDGED);
            assertThat(issue.by()).isEqualTo("olga");
            assertThat(issue.count()).isEqualTo(2);
        });
    }

    @Test
    void anIgnoredOneIsNotShownHoweverOftenItComes() {
        fails("refused", "no");
        String id = open().get(0).id();
        issues.ignore(id, "olga");
        retryAll();
        issues.settle();
        fails("refused", "no");
        issues.settle();
        assertThat(open()).isEmpty();
        assertThat(views.list(IssueState.IGNORED, null)).extracting(Issue::id).containsExactly(id);
        issues.reopen(id, "olga");
        assertThat(open()).extracting(Issue::id).containsExactly(id);
    }

    @Test
    void writesDownWhoSaidWhat() {
        fails("refused", "no");
        String id = open().get(0).id();
        issues.acknowledge(id, "olga");
        issues.ignore(id, "olga");
        assertThat(audit.list(null, "olga", null, null, null, null, 10).items())
                .extracting(AuditEntry::action)
                .containsExactly("ignore-issue", "acknowledge-issue");
    }

    @Test
    void refusesToAcknowledgeWhatIsResolvedOrUnknown() {
        fails("refused", "no");
        issues.settle();
        String id = open().get(0).id();
        retryAll();
        assertThatThrownBy(() -> issues.acknowledge(id, "olga"))
                .isInstanceOf(WaybillException.class)
                .hasMessageContaining("is resolved");
        assertThatThrownBy(() -> issues.acknowledge("0123", "olga")).hasMessageContaining("no issue 0123");
    }

    @Test
    void parkedReceiptsAndConflictsAreIssues() {
        scene.park("{}", "invalid-event", "order", "order: is missing");
        long parked = scene.park("{}", "invalid-event", "order", "order: is missing");
        scene.execute(
                "update receipt set state = 'conflict', conflict = true, error_code = 'event-conflict' where id <> "
                        + parked);
        assertThat(open())
                .extracting(Issue::kind, Issue::code, Issue::operation)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("receipt", "invalid-event", "order"),
                        org.assertj.core.groups.Tuple.tuple("receipt", "event-conflict", "order"));
    }

    @Test
    void aBrokenRuleIsAnIssueWithItsReason() {
        scene.receive(
                order(next(), "paid", 1),
                new Decided(
                        "store",
                        Verdict.RULE_ERROR,
                        "rule 1 failed: no such field",
                        "create-order",
                        true,
                        false,
                        null,
                        Overlay.NONE,
                        null));
        assertThat(open()).singleElement().satisfies(issue -> {
            assertThat(issue.code()).isEqualTo("rule-error");
            assertThat(issue.message()).isEqualTo("rule 1 failed: no such field");
        });
    }

    @Test
    void whatWaitsForAMappingIsAnIssueAndATwinIsOne() {
        scene.receive(order(next(), "paid", 1), publish("store"));
        scene.claim("store")
                .forEach(c -> scene.settle(
                        c,
                        new Outcome.Later("awaiting-mapping", "unknown-sku", "SKU \"X\" is unknown", Duration.ZERO)));
        scene.receive(order(next(), "paid", 1), publish("erp"));
        scene.claim("erp").forEach(c -> scene.settle(c, new Outcome.Delivered("E-1", null, Duration.ofSeconds(30))));
        scene.execute("update lane set due_at = now() where channel = 'erp'");
        scene.execute("update delivery set due_at = now() where operation = 'find-order'");
        scene.execute("update lane set due_at = (select due_at from lane_due(id))");
        scene.fail("erp", "twin-found", "more than once: E-2 beside E-1");
        assertThat(open()).extracting(Issue::code).containsExactlyInAnyOrder("unknown-sku", "twin-found");
    }

    @Test
    void retriesWhatOneIssueHoldsUp() {
        fails("refused", "no such SKU");
        fails("refused", "no such SKU");
        fails("refused", "no such customer");
        String id = open().stream()
                .filter(issue -> issue.count() == 2)
                .findFirst()
                .orElseThrow()
                .id();
        DeliveryFilter filter = new DeliveryFilter(null, null, null, null, null, null, id);
        assertThat(new DeliveryViews(database.dataSource())
                        .list(filter, null, 10)
                        .items())
                .hasSize(2);
        assertThat(retries.deliveries(filter, "olga")).isEqualTo(new ManualRetries.Bulk(2, 2, 0));
        scene.deliver("store");
        assertThat(open()).singleElement().satisfies(issue -> assertThat(issue.message())
                .isEqualTo("no such customer"));
    }

    @Test
    void staysWhatItIsWhileItsDeliveriesAreTriedAgain() {
        fails("refused", "no");
        String id = open().get(0).id();
        issues.acknowledge(id, "olga");
        retries.deliveries(DeliveryFilter.ALL, "olga");
        issues.settle();
        assertThat(views.one(id).state()).isEqualTo(IssueState.ACKNOWLEDGED);
        assertThat(views.one(id).count()).isZero();
        scene.fail("store", "refused", "no");
        issues.settle();
        assertThat(views.one(id).state()).isEqualTo(IssueState.ACKNOWLEDGED);
        assertThat(views.one(id).count()).isEqualTo(1);
    }

    @Test
    void isKnownThoughNobodyLookedBeforeTheRetry() {
        fails("refused", "no");
        retries.deliveries(DeliveryFilter.ALL, "olga");
        assertThat(open()).singleElement().satisfies(issue -> {
            assertThat(issue.state()).isEqualTo(IssueState.OPEN);
            assertThat(issue.count()).isZero();
        });
        scene.deliver("store");
        assertThat(open()).isEmpty();
    }

    @Test
    void aParkedReceiptThatIsReadAgainHoldsItsIssueOpen() {
        long id = scene.park("{}", "invalid-event", "order", "order: is missing");
        retries.receipt(id, "olga");
        assertThat(open()).hasSize(1);
        scene.execute("update receipt set state = 'imported', due_at = null, error_code = null");
        assertThat(open()).isEmpty();
    }

    @Test
    void filtersByChannel() {
        fails("refused", "no");
        assertThat(views.list(null, "store")).hasSize(1);
        assertThat(views.list(null, "erp")).isEmpty();
    }

    @Test
    void settlingTwiceChangesNothing() {
        fails("refused", "no");
        issues.settle();
        List<Issue> before = open();
        issues.settle();
        assertThat(open()).isEqualTo(before);
    }

    private List<Issue> open() {
        return views.list(null, null);
    }

    private void fails(String code, String error) {
        scene.receive(order(next(), "paid", 1), publish("store"));
        scene.fail("store", code, error);
    }

    private void retryAll() {
        retries.deliveries(new DeliveryFilter(DeliveryState.FAILED, null, null, null, null, null), "olga");
        scene.deliver("store");
    }

    private String next() {
        return "i" + number++;
    }
}
