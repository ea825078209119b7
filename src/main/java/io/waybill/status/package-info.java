/**
 * What the statuses of one system mean to another. Enter at {@link io.waybill.status.StatusTable} (the table of one
 * configuration, asked for one word at a time) and {@link io.waybill.status.AutoMap} (proposes such a table for a person to
 * look at). Pure functions over {@link io.waybill.order}: no clock, no I/O. How words are compared and what is known of
 * which system stay hidden in here.
 */
@org.jspecify.annotations.NullMarked
package io.waybill.status;
