/**
 * The whole ledger in one file, and back: the backup, and the way to another major version of PostgreSQL. Enter at {@link
 * io.waybill.ops.backup.Backup}. How the file is laid out and the catalogue is read stays hidden.
 */
@org.jspecify.annotations.NullMarked
package io.waybill.ops.backup;
