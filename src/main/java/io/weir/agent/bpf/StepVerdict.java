package io.weir.agent.bpf;

/**
 * Whether a step can serve a hook on this kernel, and why not.
 *
 * @param answer yes, no, or could not tell
 * @param reason empty for a plain yes
 */
public record StepVerdict(Step step, Answer answer, String reason) {
    /** A probe has three answers; a step that was not needed was not tried. */
    public enum Answer {
        YES,
        NO,
        UNKNOWN
    }

    static StepVerdict yes(Step step) {
        return new StepVerdict(step, Answer.YES, "");
    }

    static StepVerdict no(Step step, String reason) {
        return new StepVerdict(step, Answer.NO, reason);
    }

    static StepVerdict unknown(Step step, String reason) {
        return new StepVerdict(step, Answer.UNKNOWN, reason);
    }
}
