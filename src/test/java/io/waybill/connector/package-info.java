/**
 * Connectors against strict stand-ins of their systems. {@link io.waybill.connector.ConnectorContractIT} runs one contract for
 * all of them on one server; a connector takes part by one class {@code <Name>Case} here, which is found by its name.
 */
package io.waybill.connector;
