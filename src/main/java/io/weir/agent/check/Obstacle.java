package io.weir.agent.check;

/** Why nothing can be measured at all. */
public enum Obstacle {
    /** The process may not load BPF programs. */
    NOT_PERMITTED,
    /** The kernel is too old or lacks BTF. */
    NOT_SUPPORTED,
    /** libbpf is not installed. */
    MISSING_LIBRARY
}
