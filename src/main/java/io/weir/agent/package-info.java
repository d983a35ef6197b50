/**
 * The node agent: what runs from the kernel's ring buffer to the sinks.
 *
 * <p>Each class names its thread; the ring reader, the flow thread, the poller and the sink's writer
 * are the only ones that live as long as the agent. The loaded BPF object is owned, and closed, by the
 * runner. May touch every room but {@code aggregator}, {@code store}, {@code web} and {@code cli}.
 */
package io.weir.agent;
