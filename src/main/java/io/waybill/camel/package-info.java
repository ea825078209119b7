/**
 * The running form of a bundle. A deployment becomes a generation: one Camel context of its own with flow, connectors and
 * ops' routes, built and checked beside the one that serves, then switched to in one step. Enter at {@link
 * io.waybill.camel.Deployments} (the folder, reload, status) and {@link io.waybill.camel.Generations} (switch, roll back,
 * requests into the routes); how a generation is built, checked and closed stays hidden.
 */
@org.jspecify.annotations.NullMarked
package io.waybill.camel;
