/**
 * Flyweight views of what the kernel says.
 *
 * <p>A view belongs to one thread and owns no memory: it reads where it was pointed at, and is valid
 * as long as that memory holds the event. {@code abi} holds the offsets jextract read from {@code
 * bpf/tcp_event.h}. May touch {@code io.weir.net}.
 */
package io.weir.agent.event;
