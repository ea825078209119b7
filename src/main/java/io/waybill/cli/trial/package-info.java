/**
 * Trials of a server as its users start it, in a process of its own with its own PostgreSQL: {@link
 * io.waybill.cli.trial.Torture} kills it while orders flow and counts what became of each, {@link
 * io.waybill.cli.trial.Bench} measures it. The sinks, clients and orders behind them stay hidden.
 */
@org.jspecify.annotations.NullMarked
package io.waybill.cli.trial;
