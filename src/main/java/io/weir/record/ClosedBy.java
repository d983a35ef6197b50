package io.weir.record;

/** Which end began to close an established connection. */
public enum ClosedBy {
    /** Both at once, or not seen. */
    UNKNOWN,
    /** This end: its FIN or RST went first, or its kernel gave up waiting. */
    LOCAL,
    /** The other end. */
    REMOTE
}
