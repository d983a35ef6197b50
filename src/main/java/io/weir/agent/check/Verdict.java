package io.weir.agent.check;

/** A probe's answer; only the first two are facts about the kernel. */
public enum Verdict {
    /** It was tried, and works. */
    YES,
    /** It was tried, or is known, not to work. */
    NO,
    /** It could not be tried, for instance without privileges. */
    UNKNOWN
}
