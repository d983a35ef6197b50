package io.weir.record;

/** Why a connection attempt never reached ESTABLISHED, from {@code sock.sk_err}. */
public enum Failure {
    /** Nobody listens there: ECONNREFUSED. */
    REFUSED,
    /** No answer to the SYN: ETIMEDOUT. */
    TIMED_OUT,
    /** Reset during the handshake: ECONNRESET, EPIPE. */
    RESET,
    /** No way there: EHOSTUNREACH, ENETUNREACH and kin. */
    UNREACHABLE,
    /** This end gave up first: no error. */
    ABANDONED,
    /** Any other errno, see {@link Lifecycle#errno}. */
    OTHER
}
