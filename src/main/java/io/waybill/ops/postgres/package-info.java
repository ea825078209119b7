/**
 * The PostgreSQL we bring along: unpacked, initialised, started and stopped under {@code data/postgres}, closed to every
 * other user of the machine, and checked to be durable. Enter at {@link io.waybill.ops.postgres.Database}; the server's own
 * processes and files stay hidden.
 */
@org.jspecify.annotations.NullMarked
package io.waybill.ops.postgres;
