package io.weir.agent.netlink;

import io.weir.agent.proc.NamespaceList;
import io.weir.agent.proc.NetworkNamespace;

/**
 * Hears of every TCP socket of every network namespace. Called by the polling thread, one namespace
 * after the other: {@link #onNamespaceStart}, the sockets, {@link #onNamespaceDone}; at the end of the
 * round {@link #onRoundDone}. An exception thrown here ends the poller.
 */
public interface SocketHandler {
    /** A namespace's dump begins; times are CLOCK_MONOTONIC, as those of events. */
    default void onNamespaceStart(NetworkNamespace namespace, long startNs) {}

    /**
     * The dump begins again, because the kernel changed or lost something meanwhile: what was told
     * of this namespace since {@link #onNamespaceStart} does not count.
     */
    default void onNamespaceRestart(NetworkNamespace namespace, long startNs) {}

    /**
     * One socket as of some moment between the dump's start and {@code receiveTimeNs}.
     *
     * @param netns inode of its namespace
     * @param socket valid until this method returns
     */
    void onSocket(long netns, SocketView socket, long receiveTimeNs);

    /**
     * A namespace's dump has ended.
     *
     * @param complete false if sockets may be missing: their absence means nothing
     */
    default void onNamespaceDone(
            NetworkNamespace namespace, long startNs, long endNs, boolean complete) {}

    /**
     * A namespace could not be looked into. Comes in place of its dump, or, when that had begun,
     * before {@link #onNamespaceDone}, which then tells of an incomplete one.
     *
     * @param reason a clause, such as {@code setns(fd 7, CLONE_NEWNET): EPERM}
     */
    default void onNamespaceMissed(NetworkNamespace namespace, Missed missed, String reason) {}

    /**
     * All namespaces have had their turn. One that is not in the list is gone with its sockets, if
     * no process is hidden.
     */
    default void onRoundDone(NamespaceList found, long startNs, long endNs) {}

    /** Why a namespace could not be looked into. */
    enum Missed {
        /** It ended before it could be entered. */
        VANISHED,
        /** Entering needs CAP_SYS_ADMIN, and the way into it CAP_SYS_PTRACE. */
        NOT_PERMITTED,
        /** The kernel cannot dump TCP sockets, or refused for another reason. */
        REFUSED
    }
}
