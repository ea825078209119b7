/**
 * Who may do what: tokens, roles, and the filter that asks for them. A controller takes a {@link
 * io.waybill.api.access.Caller} parameter and gets whoever is asking.
 */
@org.jspecify.annotations.NullMarked
package io.waybill.api.access;
