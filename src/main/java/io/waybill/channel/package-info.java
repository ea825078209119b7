/**
 * What ops say under {@code routes/}: channels, connectors, capabilities, rules, read whole into a {@link
 * io.waybill.channel.Bundle} or refused with every mistake at once. Enter at {@link io.waybill.channel.Bundle}; how YAML is
 * read stays hidden.
 */
@org.jspecify.annotations.NullMarked
package io.waybill.channel;
