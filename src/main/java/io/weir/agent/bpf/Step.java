package io.weir.agent.bpf;

/** A way to reach a hook, best first. */
public enum Step {
    /** A trampoline at the function's entry or exit: typed, cheapest, allowed in lockdown. */
    FENTRY("fentry", "fentry"),
    /** The tracepoint that carries the same fact, with types: works without kprobes and in lockdown. */
    TP_BTF("tp_btf", "tp"),
    /** A breakpoint or ftrace site: untyped, so that state lives in a hash map. */
    KPROBE("kprobe", "kprobe"),
    /** One program on the root cgroup for all hooks: no owner process, no per-call activity. */
    SOCKOPS("sockops", "sockops");

    private final String label;
    private final String suffix;

    Step(String label, String suffix) {
        this.label = label;
        this.suffix = suffix;
    }

    /** The name people use, also in {@code --steps}. */
    public String label() {
        return label;
    }

    /** Whether its programs get typed pointers, and so can use socket storage. */
    public boolean typed() {
        return this == FENTRY || this == TP_BTF;
    }

    /** Name of the program in {@code bpf/tcpflow.bpf.c} that serves {@code hook} by this step. */
    String program(Hook hook) {
        return this == SOCKOPS ? "all_sockops" : hook.label() + "_" + suffix;
    }
}
