/**
 * Turns reports of sockets, by events and by dumps, into flow records: one per connection and window;
 * and compares the two.
 *
 * <p>Everything here belongs to the flow thread, which alone calls it; nothing is locked. Memory is
 * bounded by the number of flows allowed, pooled, and about 800 bytes a flow. May touch {@code
 * agent.event}, {@code agent.check}, {@code record} and {@code net}.
 */
package io.weir.agent.flow;
