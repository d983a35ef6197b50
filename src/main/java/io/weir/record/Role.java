package io.weir.record;

/** Which part this end plays. */
public enum Role {
    /** Adopted, and the direction of its opening was not seen. */
    UNKNOWN,
    /** It sent the first SYN (active open). */
    CLIENT,
    /** It accepted (passive open). */
    SERVER
}
