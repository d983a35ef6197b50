package io.weir.agent.bpf;

import io.weir.agent.check.StepVerdict;
import io.weir.agent.check.Verdict;
import io.weir.config.Hook;
import io.weir.config.Step;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Which step each hook takes, and where state lives. Immutable.
 *
 * @param steps the chosen step by hook; a hook that is absent is not served
 * @param state where connections are remembered
 * @param stateTracepoint whether the tracepoint is attached beside the state hook's own program: in
 *     socket storage it catches what recursion made the other miss, in a hash map it tells of
 *     listeners
 * @param destroyTracepoint whether a close that the state hook missed is told as the socket goes
 * @param sweep whether the window sweep is there
 * @param verdicts what is known of every step, by hook
 */
public record AttachPlan(
        Map<Hook, Step> steps,
        StatePlace state,
        boolean stateTracepoint,
        boolean destroyTracepoint,
        boolean sweep,
        Map<Hook, List<StepVerdict>> verdicts) {
    public AttachPlan {
        steps = Map.copyOf(steps);
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
        return new AttachPlan(steps, state, stateTracepoint, destroyTracepoint, sweep, known);
    }

    /** Whether one sock_ops program stands for all hooks. */
    public boolean sockOps() {
        return steps.containsValue(Step.SOCKOPS);
    }

    /** Every program the plan loads, except those that only hand out cookies. */
    List<String> programs() {
        List<String> programs = new ArrayList<>();
        if (sockOps()) {
            programs.add(Programs.of(Hook.STATE, Step.SOCKOPS));
        } else {
            new EnumMap<>(steps).forEach((hook, step) -> programs.add(Programs.of(hook, step)));
            if (stateTracepoint) {
                programs.add(Programs.STATE_TRACEPOINT);
            }
            if (destroyTracepoint) {
                programs.add(Programs.DESTROY_TRACEPOINT);
            }
        }
        if (sweep) {
            programs.add(Programs.SWEEP);
        }
        return programs;
    }

    /** Programs that give sockets their cookie where tracing cannot: before Linux 5.12. */
    List<String> cookiePrograms() {
        if (state == StatePlace.SOCKET_STORAGE) {
            return List.of();
        }
        return sockOps() ? List.of("cookie_create") : List.of("cookie_sockops", "cookie_create");
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
