package io.weir.agent.netlink;

/** How a dump came to its end. */
enum DumpEnd {
    /** The kernel said so, and nothing moved meanwhile that would make it doubtful. */
    COMPLETE,
    /** Something was reordered while it ran: a socket may be missing or there twice. */
    CHANGED,
    /** Answers were lost for lack of room. */
    OVERRUN,
    /** No answer came in time. */
    TIMED_OUT,
    /** Bytes that are no message. */
    MALFORMED,
    /** The kernel refused: {@link DiagDump#errno()}. */
    REFUSED,
    /** We were asked to stop. */
    STOPPED
}
