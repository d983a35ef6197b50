package io.weir.config;

/** Where finished records leave the agent. */
public enum SinkKind {
    /** Standard output, one record a line. */
    STDOUT,
    /** Nowhere: counts and discards, to measure everything before it. */
    NULL
}
