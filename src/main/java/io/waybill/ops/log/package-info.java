/**
 * The log as JSON, a line an event, for machines that read it. Spring Boot's logging makes {@link io.waybill.ops.log.JsonLine}
 * by its name in {@code application.yaml}; nothing else in here is to be used.
 */
@org.jspecify.annotations.NullMarked
package io.waybill.ops.log;
