/**
 * Reads the kernel's event ring by walking its mapping: no system call and no upcall per event.
 *
 * <p>Thread: one ring reader thread polls and drains; stopping and closing may come from another.
 * Memory: {@link io.weir.agent.bpf.ring.RingBufferReader} owns the mapping, and records are valid
 * only inside the handler. May touch {@code agent.sys}; native.
 */
package io.weir.agent.bpf.ring;
