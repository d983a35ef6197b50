package io.weir.cli.decode;

import io.weir.agent.netlink.MessageWalker;
import io.weir.agent.netlink.SocketView;
import io.weir.agent.netlink.capture.CaptureException;

/** Hears what is in a capture, in its order. Views hold during the call. */
@FunctionalInterface
interface CaptureListener {
    /** A file began. */
    default void onFile(String format) {}

    /** A packet of a netlink family; only those of NETLINK_SOCK_DIAG have their messages told. */
    default void onPacket(int netlinkFamily) {}

    /** A message, before {@link #onSocket} if it is one. */
    default void onMessage(MessageWalker.Kind kind, MessageWalker message) {}

    /** A whole socket. */
    default void onSocket(SocketView socket) {}

    /** What is damaged; what follows it is told if it can be found. */
    void onFault(CaptureException fault);
}
