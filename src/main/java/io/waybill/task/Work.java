package io.waybill.task;

import io.waybill.channel.TaskKind;
import io.waybill.ledger.RunSummary;
import java.util.Set;

/** What tasks of some kinds do. A kind that nobody does is not scheduled, and refused when asked for. */
public interface Work {
    Set<TaskKind> kinds();

    /** Throws when it could not do all of it; {@link TaskRun#progress} has then said how far it came. */
    RunSummary run(TaskRun run);
}
