package io.weir.agent.bpf;

import io.weir.config.Hook;
import io.weir.config.Step;

/**
 * Programs of {@code bpf/tcpflow.bpf.c} beside those that serve the hooks. They see what a tracing
 * program misses: the kernel skips one that is already running on the same CPU, in a preempted task or
 * below a softirq ({@code __bpf_prog_enter_recur}).
 */
public enum Companion {
    /** Witnesses opens and state changes of what was opened since; not a tracing program, so never skipped. Needs the root cgroup, v2. */
    STATE_WITNESS("witness_sockops", false),

    /** Gives a socket its cookie as it is made: needed before Linux 5.12, with a hash map. */
    COOKIES("cookie_create", false),

    /**
     * In socket storage the second witness of every state change; with a hash map it tells of
     * listeners.
     */
    STATE_TRACEPOINT(Programs.of(Hook.STATE, Step.TP_BTF), true),

    /** Tells of a close that the state hook's programs both missed. */
    DESTROY_TRACEPOINT("destroy_tp", true),

    /** Once per window, what moved and was not told. */
    SWEEP("sweep", true);

    private final String program;
    private final boolean tracing;

    Companion(String program, boolean tracing) {
        this.program = program;
        this.tracing = tracing;
    }

    String program() {
        return program;
    }

    /** Whether it attaches to the kernel's functions and types, else to the root cgroup. */
    boolean tracing() {
        return tracing;
    }
}
