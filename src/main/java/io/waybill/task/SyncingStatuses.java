package io.waybill.task;

import io.waybill.channel.StatusMapping;
import io.waybill.channel.TaskKind;
import io.waybill.flow.Inbox;
import io.waybill.flow.Routes;
import io.waybill.flow.StatusAgain;
import io.waybill.ledger.RunSummary;
import io.waybill.ledger.Statuses;
import io.waybill.order.WaybillException;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Brings a channel the statuses that others tell about its orders, by the mappings to it: one of them, or all. */
final class SyncingStatuses implements Work {
    private final Routes routes;
    private final Inbox inbox;
    private final Statuses statuses;
    private final StatusAgain again;

    SyncingStatuses(Routes routes, Inbox inbox, Statuses statuses, StatusAgain again) {
        this.routes = routes;
        this.inbox = inbox;
        this.statuses = statuses;
        this.again = again;
    }

    @Override
    public Set<TaskKind> kinds() {
        return Set.of(TaskKind.SYNC_STATUSES);
    }

    @Override
    public RunSummary run(TaskRun run) {
        StatusReport report = new StatusReport();
        for (StatusMapping mapping : mappings(run)) {
            new StatusSync(mapping, routes, statuses, new StatusAsking(routes, mapping), inbox, again, report)
                    .run(run.progress());
        }
        run.detail().accept(report.json());
        return report.summary();
    }

    private List<StatusMapping> mappings(TaskRun run) {
        String to = run.channel().name();
        List<StatusMapping> mappings = routes.bundle().statusMappings().values().stream()
                .filter(mapping -> mapping.to().equals(to))
                .filter(mapping -> run.subject().isEmpty() || mapping.name().equals(run.subject()))
                .sorted(Comparator.comparing(StatusMapping::name))
                .toList();
        if (mappings.isEmpty()) {
            throw new WaybillException(
                    TaskError.TASK_NOT_POSSIBLE,
                    "There is no status mapping "
                            + (run.subject().isEmpty() ? "" : "\"" + run.subject() + "\" ") + "to " + to
                            + ". Add one under routes/statuses/ or by PUT /api/status-mappings/{name}.");
        }
        return mappings;
    }
}
