/**
 * What connectors are made of beside YAML and JSLT: requests from mappings ({@code request}), calls with the channel's
 * credentials ({@code channelCall}, behind {@code direct:call-channel}), answers by the connector's table ({@code answer}), and
 * what they mean ({@code outcome}). Routes name these beans; in Java, enter at {@link
 * io.waybill.flow.connector.ConnectorConfiguration}. Tokens and signatures stay hidden.
 */
@org.jspecify.annotations.NullMarked
package io.waybill.flow.connector;
