/**
 * The console: pages for people under {@code /console}, made on the server, without scripts. Every page calls the methods of the REST
 * API ({@link io.waybill.api}), so what a page shows or does, a call does alike, with the same checks and the same audit; templates
 * see the answers under the names that the API documents. Who may come in is decided in {@link io.waybill.api.access}. Enter at {@link
 * io.waybill.console.HomePages}; templates are in {@code src/main/resources/console}.
 */
@org.jspecify.annotations.NullMarked
package io.waybill.console;
