/**
 * Sockets as people and programs read them: what {@code weir sockets} and {@code weir decode} print.
 *
 * <p>The main thread, and the polling thread that collects. Owns the text it has not written yet. May
 * touch {@code agent.netlink}, {@code agent.proc}, {@code agent.sink}, {@code cli.observe}'s filters,
 * {@code record}, {@code net} and {@code config}.
 */
package io.weir.cli.sockets;
