package io.waybill.order;

import org.jspecify.annotations.Nullable;

/** Who ordered; every member may be missing. */
public record Customer(@Nullable String id, @Nullable String name, @Nullable String email, @Nullable String phone) {}
