/**
 * Loading and attaching the BPF programs: what this kernel allows, which step each hook takes, and
 * the object that holds what is attached.
 *
 * <p>One thread loads, drains and closes. Native memory belongs to {@link io.weir.agent.bpf.BpfObject}
 * and goes with it; attached programs are held by descriptors alone, so that the kernel detaches them
 * when the process ends, however it ends. May touch {@code sys} and its own {@code libbpf} bindings.
 */
package io.weir.agent.bpf;
