/**
 * The command line: one class a command. Exit status 0 is fine, 1 means findings, 2 unusable. A new command implements
 * {@code Callable<Integer>} and joins the list in {@link io.waybill.cli.Cli}; one that needs no server starts no Spring.
 */
@org.jspecify.annotations.NullMarked
package io.waybill.cli;
