package io.weir.config;

import java.util.Locale;

/** A moment in a connection's life the agent wants to hear of, and the kernel function it is in. */
public enum Hook {
    /** The local side opens a connection: {@code net/ipv4/tcp_output.c:tcp_connect}. */
    CONNECT("tcp_connect"),
    /** A server takes a connection: {@code net/ipv4/inet_connection_sock.c:inet_csk_accept}. */
    ACCEPT("inet_csk_accept"),
    /** The application sends: {@code net/ipv4/tcp.c:tcp_sendmsg}. */
    SEND("tcp_sendmsg"),
    /** The application has read: {@code net/ipv4/tcp.c:tcp_cleanup_rbuf}. */
    RECEIVE("tcp_cleanup_rbuf"),
    /** A connection is established, closing or closed: {@code net/ipv4/tcp.c:tcp_set_state}. */
    STATE("tcp_set_state"),
    /** Something is sent again: {@code net/ipv4/tcp_output.c:tcp_retransmit_skb}. */
    RETRANSMIT("tcp_retransmit_skb");

    private final String function;

    Hook(String function) {
        this.function = function;
    }

    /** The kernel function the first steps attach to. */
    public String function() {
        return function;
    }

    /** As an operator writes it: {@code send}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
