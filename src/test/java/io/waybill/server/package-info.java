/** The whole server, started as its user starts it, against destinations that misbehave on demand. */
package io.waybill.server;
