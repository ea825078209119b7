/**
 * The canonical model: orders, lines, money, addresses and the events that happen to an order. Start at {@link
 * io.waybill.order.Event}. Imports nothing else of ours, no Camel and no Spring.
 */
@org.jspecify.annotations.NullMarked
package io.waybill.order;
