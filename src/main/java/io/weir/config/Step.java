package io.weir.config;

import java.util.Locale;

/** A way to attach to a hook, best first; later ones see less or cost more. */
public enum Step {
    /** A trampoline on the function itself; needs BTF, refused under lockdown. */
    FENTRY,
    /** A breakpoint or ftrace handler on the function; needs kprobes, refused under lockdown. */
    KPROBE,
    /** The tracepoint that carries the same fact, with typed arguments; works under lockdown. */
    TP_BTF,
    /** Socket callbacks on the root cgroup: the least detail, allowed where nothing else is. */
    SOCKOPS;

    /** As an operator writes it: {@code tp_btf}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
