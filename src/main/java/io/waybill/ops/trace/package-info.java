/**
 * OpenTelemetry traces from a message's arrival to its deliveries, sent by OTLP over HTTP where an endpoint is set; without one
 * nothing of this is made. The flow knows it as {@link io.waybill.flow.Traces}; OpenTelemetry's types stay hidden.
 */
@org.jspecify.annotations.NullMarked
package io.waybill.ops.trace;
