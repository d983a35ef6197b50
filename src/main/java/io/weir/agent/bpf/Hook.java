package io.weir.agent.bpf;

/** A place in the kernel's TCP where something worth telling happens, whatever it is reached by. */
public enum Hook {
    /** A connection opens, establishes, closes or fails: {@code net/ipv4/tcp.c:tcp_set_state}. */
    STATE("state", "tcp_set_state", "opened, closed and failed connections with their totals"),
    /** An application sends: {@code net/ipv4/tcp.c:tcp_sendmsg}. */
    SEND("send", "tcp_sendmsg", "interval reports of sending connections, owner"),
    /** An application has read: {@code net/ipv4/tcp.c:tcp_cleanup_rbuf}. */
    RECEIVE("recv", "tcp_cleanup_rbuf", "interval reports of receiving connections, owner"),
    /** A segment is sent again: {@code net/ipv4/tcp_output.c:tcp_retransmit_skb}. */
    RETRANSMIT("retransmit", "tcp_retransmit_skb", "interval reports of stalled connections"),
    /** An application connects: {@code net/ipv4/tcp_output.c:tcp_connect}. */
    CONNECT("connect", "tcp_connect", "owner of active opens, in its own context"),
    /** An application accepts: {@code net/ipv4/inet_connection_sock.c:inet_csk_accept}. */
    ACCEPT("accept", "inet_csk_accept", "owner of passive opens before their first byte");

    private final String label;
    private final String function;
    private final String gives;

    Hook(String label, String function, String gives) {
        this.label = label;
        this.function = function;
        this.gives = gives;
    }

    /** Short name, the first part of its programs' names and the key in {@code --steps}. */
    public String label() {
        return label;
    }

    /** The kernel function it stands for. */
    public String function() {
        return function;
    }

    /** What is missing from the records without it. */
    public String gives() {
        return gives;
    }
}
