package io.weir.cli.sockets;

import io.weir.agent.netlink.SocketView;
import io.weir.agent.proc.SocketOwner;
import io.weir.net.IpEndpoint;
import io.weir.record.TcpState;
import java.lang.foreign.MemorySegment;

/**
 * One socket, kept beyond its dump. Many rows share a view: what {@link #socket} returned is valid
 * until another row is asked. One thread.
 */
final class SocketRow {
    private final long netns;
    private final String namespace;
    private final byte[] message;
    private final SocketView shared;
    private final SocketOwner owner;

    private SocketRow(
            long netns, String namespace, byte[] message, SocketView shared, SocketOwner owner) {
        this.netns = netns;
        this.namespace = namespace;
        this.message = message;
        this.shared = shared;
        this.owner = owner;
    }

    /**
     * Copies what {@code socket} tells.
     *
     * @param namespace name of the network namespace, empty if it has none
     * @param shared for the rows to read with
     */
    static SocketRow of(long netns, String namespace, SocketView socket, SocketView shared) {
        return new SocketRow(netns, namespace, socket.message(), shared, null);
    }

    SocketRow ownedBy(SocketOwner process) {
        return new SocketRow(netns, namespace, message, shared, process);
    }

    /** Inode of the network namespace. */
    long netns() {
        return netns;
    }

    String namespace() {
        return namespace;
    }

    /** Null if no process has it open, or that one is hidden. */
    SocketOwner owner() {
        return owner;
    }

    SocketView socket() {
        return shared.wrap(MemorySegment.ofArray(message), 0, message.length);
    }

    TcpState state() {
        return TcpState.of(socket().state());
    }

    IpEndpoint local() {
        SocketView socket = socket();
        return new IpEndpoint(socket.localAddress(), socket.localPort());
    }

    IpEndpoint remote() {
        SocketView socket = socket();
        return new IpEndpoint(socket.remoteAddress(), socket.remotePort());
    }

    /** The namespace as people know it: its name, else its inode. */
    String namespaceText() {
        return namespace.isEmpty() ? Long.toString(netns) : namespace;
    }
}
