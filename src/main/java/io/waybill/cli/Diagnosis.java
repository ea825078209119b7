package io.waybill.cli;

/** What one look of the doctor found, and what to do about it. */
record Diagnosis(Health health, String subject, String finding) {
    /** How bad it is; the worst decides the exit status. */
    enum Health {
        FINE(ExitStatus.FINE, "ok"),
        /** Works, but somebody should look. */
        DOUBTFUL(ExitStatus.FINDINGS, "!!"),
        /** The server would not start, or would break a promise. */
        BROKEN(ExitStatus.UNUSABLE, "XX");

        private final int status;
        private final String mark;

        Health(int status, String mark) {
            this.status = status;
            this.mark = mark;
        }

        int status() {
            return status;
        }
    }

    static Diagnosis fine(String subject, String finding) {
        return new Diagnosis(Health.FINE, subject, finding);
    }

    static Diagnosis doubtful(String subject, String finding) {
        return new Diagnosis(Health.DOUBTFUL, subject, finding);
    }

    static Diagnosis broken(String subject, String finding) {
        return new Diagnosis(Health.BROKEN, subject, finding);
    }

    @Override
    public String toString() {
        return "%s  %-10s %s".formatted(health.mark, subject, finding);
    }
}
