package io.waybill.ops;

import java.util.Set;

/** Channels that were paused and resumed, by whomever. */
record PausesChanged(Set<String> paused, Set<String> resumed) {}
