package io.weir.agent.bpf;

import io.weir.agent.check.StepVerdict;
import io.weir.agent.check.Verdict;
import io.weir.config.Hook;
import io.weir.config.Step;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which step each hook takes, and where state lives. Immutable.
 *
 * @param steps the chosen step by hook; a hook that is absent is not served
 * @param state where connections are remembered
 * @param companions what runs beside the hooks' own programs
 * @param verdicts what is known of every step, by hook
 */
public record AttachPlan(
        Map<Hook, Step> steps,
        StatePlace state,
        Set<Companion> companions,
        Map<Hook, List<StepVerdict>> verdicts) {
    public AttachPlan {
        steps = Map.copyOf(steps);
        companions = Set.copyOf(companions);
        verdicts = Map.copyOf(verdicts);
    }

    /** The same plan, after the kernel took all of it. */
    AttachPlan confirmed() {
        Map<Hook, List<StepVerdict>> known = new EnumMap<>(Hook.class);
        verdicts.forEach((hook, all) ->
                known.put(
                        hook,
                        all.stream()
                                .map(v ->
                                        v.step() == steps.get(hook)
                                                ? new StepVerdict(v.step(), Verdict.YES, "")
                                                : v)
                                .toList()));
        return new AttachPlan(steps, state, companions, known);
    }

    /** Whether one sock_ops program stands for all hooks. */
    public boolean sockOps() {
        return steps.containsValue(Step.SOCKOPS);
    }

    /** Whether {@code companion} runs beside the hooks. */
    public boolean has(Companion companion) {
        return companions.contains(companion);
    }

    /** Every program the plan loads. */
    List<String> programs() {
        List<String> programs = new ArrayList<>(tracingPrograms());
        programs.addAll(cgroupPrograms());
        return programs;
    }

    /** Those that attach to the kernel's functions and types. */
    List<String> tracingPrograms() {
        return programs(true);
    }

    /** Those that attach to the root cgroup. */
    List<String> cgroupPrograms() {
        return programs(false);
    }

    private List<String> programs(boolean tracing) {
        Set<String> programs = new LinkedHashSet<>();
        new EnumMap<>(steps)
                .forEach((hook, step) -> {
                    if (tracing != (step == Step.SOCKOPS)) {
                        programs.add(Programs.of(hook, step));
                    }
                });
        for (Companion companion : Companion.values()) {
            if (has(companion) && companion.tracing() == tracing) {
                programs.add(companion.program());
            }
        }
        return List.copyOf(programs);
    }

    /** One line a person can read, for the log. */
    public String describe() {
        if (sockOps()) {
            return "all hooks by sockops";
        }
        StringBuilder line = new StringBuilder();
        for (Hook hook : Hook.values()) {
            Step step = steps.get(hook);
            line.append(line.isEmpty() ? "" : ", ")
                    .append(hook.key())
                    .append('=')
                    .append(step == null ? "none" : step.key());
        }
        return line.toString();
    }
}
