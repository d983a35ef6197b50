package io.weir.agent.check;

import io.weir.config.Step;
import java.util.Objects;

/**
 * Whether a hook can be attached by one step.
 *
 * @param step the way to attach
 * @param verdict whether it works here
 * @param reason why, in a few words; empty if there is nothing to say
 */
public record StepVerdict(Step step, Verdict verdict, String reason) {
    public StepVerdict {
        Objects.requireNonNull(step, "step");
        Objects.requireNonNull(verdict, "verdict");
        Objects.requireNonNull(reason, "reason");
    }
}
