/**
 * Schedules and runs: what a channel does by the clock. Enter at {@link io.waybill.task.TaskRunner} (run now, and what
 * Quartz fires), {@link io.waybill.task.TaskSchedule} (what is scheduled, after every deployment) and {@link
 * io.waybill.task.Work} (what a kind of task does; any bean of that type counts). How a poll is walked page by page stays
 * hidden.
 */
@org.jspecify.annotations.NullMarked
package io.waybill.task;
