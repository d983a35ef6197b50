package io.weir.agent.bpf;

import io.weir.config.Hook;
import io.weir.config.Step;

/** Names of the programs in {@code bpf/tcpflow.bpf.c} that serve hooks. */
final class Programs {
    private Programs() {}

    /** The program that serves {@code hook} by {@code step}; the object may have none. */
    static String of(Hook hook, Step step) {
        return switch (step) {
            case FENTRY -> hook.key() + "_fentry";
            case KPROBE -> hook.key() + "_kprobe";
            case TP_BTF -> hook.key() + "_tp";
            case SOCKOPS -> "all_sockops";
        };
    }

    /** Whether programs of this step get typed pointers, and so can reach socket storage. */
    static boolean typed(Step step) {
        return step == Step.FENTRY || step == Step.TP_BTF;
    }
}
