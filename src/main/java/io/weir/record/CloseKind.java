package io.weir.record;

/** By what means an established connection ended. */
public enum CloseKind {
    /** Both directions were closed in order. */
    FIN,
    /** Reset: unread or unsent data may be lost. */
    RST,
    /** The kernel gave up on a silent or unreachable peer. */
    TIMEOUT,
    /** Not seen: the socket was gone when polled, and no hook told of its end. */
    UNSEEN
}
