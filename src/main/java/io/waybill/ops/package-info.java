/**
 * How the server is watched and steered from outside: the MBeans {@code io.waybill:type=Channel|Flow|Routes}, the meters
 * {@code waybill.*} behind {@code /actuator/prometheus}, and health. Enter at {@link io.waybill.ops.ChannelMXBean}, {@link
 * io.waybill.ops.FlowMXBean} and {@link io.waybill.ops.RoutesMXBean}: their names never change. How figures are read and
 * events become notifications stays hidden. Meters are described in {@code src/docs/operations/metrics.yaml}.
 */
@org.jspecify.annotations.NullMarked
package io.waybill.ops;
