/**
 * ZPL II labels to PDF, as vectors at exact dot positions. Enter at {@link io.waybill.label.zpl.Zpl}; everything else is hidden.
 *
 * <p>The way of a label: {@code CommandReader} cuts the text into commands, {@code Interpreter} turns commands into {@code
 * Field}s, a field's {@code Content} draws itself as {@code Artwork} in its own dots, {@code Label} places it, {@code
 * PdfWriter} writes the pages. No network, no clock, no framework: same input, same bytes.
 */
@org.jspecify.annotations.NullMarked
package io.waybill.label.zpl;
