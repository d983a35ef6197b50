/**
 * Turns reports of sockets into flow records: one per connection and window.
 *
 * <p>Everything here belongs to the flow thread, which alone calls it; nothing is locked. Memory is
 * bounded by the number of flows allowed, pooled, and about 700 bytes a flow. May touch {@code
 * io.weir.agent.event}, {@code io.weir.record} and {@code io.weir.net}.
 */
package io.weir.agent.flow;
