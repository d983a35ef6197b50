package io.weir.agent.bpf;

import io.weir.agent.check.StepVerdict;
import io.weir.agent.check.Verdict;
import io.weir.config.Hook;
import io.weir.config.Step;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is known so far of every hook's steps: from the kernel's types before anything is loaded, then
 * from what the kernel refused. One thread.
 */
final class StepBook {
    private final Map<Hook, Map<Step, StepVerdict>> verdicts = new EnumMap<>(Hook.class);

    StepBook(KernelFeatures kernel, BpfObject object, Map<Hook, Set<Step>> allowed) {
        for (Hook hook : Hook.values()) {
            Map<Step, StepVerdict> known = new EnumMap<>(Step.class);
            for (Step step : Step.values()) {
                known.put(
                        step,
                        allowed.getOrDefault(hook, Set.of()).contains(step)
                                ? foresee(hook, step, kernel, object)
                                : new StepVerdict(step, Verdict.NO, "switched off by --steps"));
            }
            verdicts.put(hook, known);
        }
    }

    private static StepVerdict foresee(
            Hook hook, Step step, KernelFeatures kernel, BpfObject object) {
        String program = Programs.of(hook, step);
        if (!object.hasProgram(program)) {
            return new StepVerdict(step, Verdict.NO, "no tracepoint carries this fact");
        }
        if (step == Step.SOCKOPS) {
            if (hook == Hook.CONNECT || hook == Hook.ACCEPT) {
                return new StepVerdict(step, Verdict.NO, "sock_ops does not know the process");
            }
            return new StepVerdict(step, Verdict.UNKNOWN, "not tried");
        }
        String section = object.section(program);
        String target = section.substring(section.indexOf('/') + 1);
        if (step == Step.TP_BTF) {
            return kernel.hasTracepoint(target)
                    ? new StepVerdict(step, Verdict.UNKNOWN, "not tried")
                    : new StepVerdict(step, Verdict.NO, "this kernel has no tracepoint " + target);
        }
        if (step == Step.KPROBE && !kernel.kprobes()) {
            return new StepVerdict(
                    step, Verdict.NO, "this kernel has no kprobes (CONFIG_KPROBE_EVENTS)");
        }
        if (kernel.parametersOf(target).isEmpty()) {
            return new StepVerdict(
                    step,
                    Verdict.NO,
                    "this kernel has no function " + target + " (renamed, static or inlined)");
        }
        return new StepVerdict(step, Verdict.UNKNOWN, "not tried");
    }

    boolean open(Hook hook, Step step) {
        return verdicts.get(hook).get(step).verdict() != Verdict.NO;
    }

    void refuse(Hook hook, Step step, String reason) {
        verdicts.get(hook).put(step, new StepVerdict(step, Verdict.NO, reason));
    }

    /** A missing right concerns every hook alike: no need to ask again for each. */
    void refuseEverywhere(Step step, String reason) {
        for (Hook hook : Hook.values()) {
            if (open(hook, step)) {
                refuse(hook, step, reason);
            }
        }
    }

    void record(Hook hook, StepVerdict verdict) {
        verdicts.get(hook).put(verdict.step(), verdict);
    }

    Map<Hook, List<StepVerdict>> all() {
        Map<Hook, List<StepVerdict>> all = new EnumMap<>(Hook.class);
        verdicts.forEach((hook, known) -> all.put(hook, new ArrayList<>(known.values())));
        return all;
    }
}
