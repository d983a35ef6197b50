/**
 * What {@code /proc} and {@code /run} tell of this machine: its network namespaces, the processes that
 * own its sockets, and their containers. Everything there may vanish while it is read: what is gone is
 * left out, what may not be read is counted.
 *
 * <p>Thread: any, each call reads afresh and keeps nothing. Memory: the heap's. Touches nothing but
 * {@code java.*}.
 */
package io.weir.agent.proc;
