/**
 * Labels: whatever a carrier sends becomes the right PDF, or a typed error. Enter by {@link io.waybill.label.Labels}; {@link
 * io.waybill.label.LabelSource} goes in, {@link io.waybill.label.LabelPdf} or {@link io.waybill.label.LabelException} comes
 * out. A library in itself: no network, no clock, nothing of ours but the error codes. Decoding, the readers of each format and
 * the child JVMs that hostile input may kill stay hidden.
 */
@NullMarked
package io.waybill.label;

import org.jspecify.annotations.NullMarked;
