package io.waybill.rule;

/** One mistake in a rule file: where (RFC 6901), a stable code, what is wrong, and what to write instead. */
public record RuleProblem(String jsonPointer, String code, String message, String fix) {}
