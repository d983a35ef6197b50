package io.weir.record;

/** TCP state of a socket, numbered as in {@code include/net/tcp_states.h}. */
public enum TcpState {
    /** 0 or a number this agent does not know. */
    UNKNOWN(0),
    ESTABLISHED(1),
    SYN_SENT(2),
    SYN_RECV(3),
    FIN_WAIT1(4),
    FIN_WAIT2(5),
    TIME_WAIT(6),
    CLOSE(7),
    CLOSE_WAIT(8),
    LAST_ACK(9),
    LISTEN(10),
    CLOSING(11),
    /** A request socket: the handshake's third packet has not come. */
    NEW_SYN_RECV(12),
    /** Bound and not connected; since Linux 6.8, for {@code INET_DIAG}. */
    BOUND_INACTIVE(13);

    private static final TcpState[] BY_NUMBER = values();

    private final int number;

    TcpState(int number) {
        this.number = number;
    }

    /** The state of a kernel's number, 1 to 13; {@link #UNKNOWN} for any other. */
    public static TcpState of(int number) {
        return number > 0 && number < BY_NUMBER.length ? BY_NUMBER[number] : UNKNOWN;
    }

    /** The kernel's number, 1 to 13; 0 for {@link #UNKNOWN}. */
    public int number() {
        return number;
    }

    /** This state's bit in a mask of states, {@code 1 << number}: {@code TCPF_*}. */
    public int bit() {
        return 1 << number;
    }
}
