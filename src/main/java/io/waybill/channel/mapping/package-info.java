/**
 * JSLT as routes/ speaks it: the language with our functions for exact decimals, instants and text. Enter at {@link
 * io.waybill.channel.mapping.MappingLanguage}; the functions stay hidden.
 */
@org.jspecify.annotations.NullMarked
package io.waybill.channel.mapping;
