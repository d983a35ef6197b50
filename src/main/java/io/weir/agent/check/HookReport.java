package io.weir.agent.check;

import io.weir.config.Hook;
import io.weir.config.Step;
import java.util.List;
import java.util.Optional;

/**
 * How one hook would be attached, and what that lets the agent see.
 *
 * @param hook the moment of interest
 * @param steps what was found out per step, in the order tried
 * @param chosen the step the agent would use; empty if none works
 * @param coverage how much of what the hook is for is then seen
 * @param meaning the coverage in words, such as {@code every send, at the call}
 */
public record HookReport(
        Hook hook,
        List<StepVerdict> steps,
        Optional<Step> chosen,
        Coverage coverage,
        String meaning) {
    /** Copies. */
    public HookReport {
        steps = List.copyOf(steps);
        if (chosen.isEmpty() && coverage == Coverage.FULL) {
            throw new IllegalArgumentException(hook + ": full coverage without a step");
        }
    }

    /** Why the chosen step was chosen, or why none was. */
    public String why() {
        return steps.stream()
                .filter(verdict -> chosen.isEmpty() || verdict.step() != chosen.get())
                .takeWhile(verdict -> verdict.verdict() != Verdict.YES)
                .map(verdict -> verdict.step().key() + ": " + verdict.reason())
                .reduce((first, second) -> first + "; " + second)
                .orElse("");
    }
}
