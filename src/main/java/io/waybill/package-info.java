/** Where everything begins: {@link io.waybill.Waybill} for people, {@link io.waybill.WaybillServer} for Spring. */
@org.jspecify.annotations.NullMarked
package io.waybill;
