/**
 * Trials of a server as its users start it, in a process of its own with its own PostgreSQL: {@link
 * io.waybill.cli.trial.Torture} kills it while orders flow and counts what became of each, {@link
 * io.waybill.cli.trial.Bench} measures it. {@link io.waybill.cli.trial.LabelBench} measures the label converter in this process.
 * The sinks, clients and orders behind them stay hidden.
 */
@org.jspecify.annotations.NullMarked
package io.waybill.cli.trial;
