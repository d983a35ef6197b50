package io.weir.config;

/** How the flow thread waits for the next event: processor time against latency. */
public enum WaitChoice {
    /** By the number of free cores. */
    AUTO,
    /** On a lock: least processor time, and fine on busy machines. */
    BLOCKING,
    /** Spins, then yields, then sleeps. */
    SLEEPING,
    /** Spins, then yields: wants a core of its own. */
    YIELDING,
    /** Spins: a core of its own, always busy. */
    BUSY_SPIN
}
