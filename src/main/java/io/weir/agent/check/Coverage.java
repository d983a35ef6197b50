package io.weir.agent.check;

/** How much of the traffic the chosen steps let the agent see. */
public enum Coverage {
    /** Everything. */
    FULL,
    /** Something less: a later step was chosen, or a hook is missing. */
    PARTIAL,
    /** Nothing. */
    NONE
}
