package io.waybill.api.access;

/** Who asks: the name of the token, as the audit log records it. */
public record Caller(String name, AccessRole role) {}
