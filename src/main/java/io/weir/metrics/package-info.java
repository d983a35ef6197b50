/**
 * What the agent says of itself, for Prometheus to fetch.
 *
 * <p>Values are read when asked for, on the endpoint's threads. The only room that knows the
 * Prometheus library. May touch nothing.
 */
package io.weir.metrics;
