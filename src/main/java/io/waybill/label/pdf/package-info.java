/** What every PDF made here needs, whatever it is made of: the colour profile. */
@NullMarked
package io.waybill.label.pdf;

import org.jspecify.annotations.NullMarked;
