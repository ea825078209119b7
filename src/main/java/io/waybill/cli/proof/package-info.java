/**
 * Proofs that ops keep beside their files: cases for rules, samples for mappings. Enter at {@link
 * io.waybill.cli.proof.FolderProof}; {@link io.waybill.cli.proof.JUnitXml} writes what came of it. Everything runs in this
 * process, without a database, a network or secrets.
 */
@org.jspecify.annotations.NullMarked
package io.waybill.cli.proof;
