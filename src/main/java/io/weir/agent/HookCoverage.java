package io.weir.agent;

import io.weir.agent.bpf.AttachPlan;
import io.weir.agent.bpf.Companion;
import io.weir.agent.check.Coverage;
import io.weir.config.Hook;
import io.weir.config.Step;

/** What a hook on a step lets the agent see, in words an operator can judge. */
final class HookCoverage {
    private HookCoverage() {}

    static Coverage of(Hook hook, Step step) {
        if (step == null) {
            return Coverage.NONE;
        }
        return switch (step) {
            case FENTRY, KPROBE -> Coverage.FULL;
            case TP_BTF ->
                    hook == Hook.STATE || hook == Hook.RETRANSMIT
                            ? Coverage.FULL
                            : Coverage.PARTIAL;
            case SOCKOPS -> Coverage.PARTIAL;
        };
    }

    static String meaning(Hook hook, Step step, AttachPlan plan) {
        if (step == null) {
            return missing(hook);
        }
        return step == Step.SOCKOPS ? bySockOps(hook) : byTracing(hook, step, plan);
    }

    private static String byTracing(Hook hook, Step step, AttachPlan plan) {
        return switch (hook) {
            case STATE ->
                    plan.has(Companion.STATE_TRACEPOINT)
                            ? "every open, close and failure, twice witnessed"
                            : "every open, close and failure";
            case SEND ->
                    step == Step.TP_BTF
                            ? "sends through sockets, not from inside the kernel"
                            : "every send, also by io_uring";
            case RECEIVE ->
                    step == Step.TP_BTF ? "reads that copy to the application" : "every read";
            case RETRANSMIT -> "every retransmission";
            case CONNECT -> "the process that connects";
            case ACCEPT -> "the process that accepts";
        };
    }

    private static String bySockOps(Hook hook) {
        return switch (hook) {
            case STATE -> "opens, closes, failures of sockets opened from now on";
            case SEND, RECEIVE -> "progress once per round trip, process unknown";
            case RETRANSMIT -> "every retransmission";
            case CONNECT, ACCEPT -> "nothing";
        };
    }

    private static String missing(Hook hook) {
        return switch (hook) {
            case CONNECT -> "owner known from the state change in connect()";
            case ACCEPT -> "owner known from the first read or send";
            case SEND, RECEIVE -> "totals at close, and in windows by the sweep";
            case RETRANSMIT -> "counts in the next report";
            case STATE -> "nothing";
        };
    }
}
