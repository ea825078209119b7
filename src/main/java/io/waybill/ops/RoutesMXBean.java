package io.waybill.ops;

/** {@code io.waybill:type=Routes}: which version of the routes folder runs. */
@Meaning("The deployment that serves, and the last one refused; reload, roll back")
public interface RoutesMXBean {
    @Meaning("Hash of the files that serve; empty: none yet")
    String getDeployment();

    @Meaning("Number of the accepted version that serves, the same on every server; 0: none yet")
    long getDeploymentId();

    @Meaning("Number of the accepted version that all servers are to serve, while it cannot start on this one; 0: none")
    long getAwaitedDeployment();

    @Meaning("Names of the live servers on this database; empty: PostgreSQL is away")
    String[] getServers();

    @Meaning("Number of the generation that serves, counted since the start of this server; 0: none yet")
    int getGeneration();

    @Meaning("Since when it serves; RFC 3339, UTC; empty: none yet")
    String getServingSince();

    @Meaning("Why the newest edit was refused, one mistake a line with file, line and fix; empty: it was not")
    String getLastDeployError();

    @Meaning("When it was refused; RFC 3339, UTC; empty: it was not")
    String getLastDeployErrorAt();

    @Meaning(
            "Whether the folder holds something else than what serves: a refused edit, one rolled back or replaced elsewhere")
    boolean isDrift();

    @Meaning("Names of the channels that serve")
    String[] getChannels();

    @Meaning("Reads the folder now; answers what came of it, and every mistake when it is refused")
    String reload();

    @Meaning("Goes back to the version before; the one left is not proposed again until the folder changes")
    String rollback();

    @Meaning("Goes back, or forward, to the accepted version of this number")
    String rollbackTo(long deployment);
}
