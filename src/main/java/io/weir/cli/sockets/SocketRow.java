package io.weir.cli.sockets;

import io.weir.agent.netlink.SocketView;
import io.weir.agent.proc.SocketOwner;
import io.weir.net.IpEndpoint;
import io.weir.record.TcpState;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * One socket, kept beyond its dump.
 *
 * @param netns inode of its network namespace
 * @param namespace that one's name, empty if it has none
 * @param socket what the kernel said, on the heap
 * @param owner null if no process has it open, or that one is hidden
 */
record SocketRow(long netns, String namespace, SocketView socket, SocketOwner owner) {
    /** Copies what {@code socket} tells. */
    static SocketRow of(long netns, String namespace, SocketView socket) {
        byte[] message = socket.bytes().toArray(ValueLayout.JAVA_BYTE);
        SocketView view = new SocketView();
        view.wrap(MemorySegment.ofArray(message), 0, message.length);
        return new SocketRow(netns, namespace, view, null);
    }

    SocketRow ownedBy(SocketOwner process) {
        return new SocketRow(netns, namespace, socket, process);
    }

    TcpState state() {
        return TcpState.of(socket.state());
    }

    IpEndpoint local() {
        return new IpEndpoint(socket.localAddress(), socket.localPort());
    }

    IpEndpoint remote() {
        return new IpEndpoint(socket.remoteAddress(), socket.remotePort());
    }

    /** The namespace as people know it: its name, else its inode. */
    String namespaceText() {
        return namespace.isEmpty() ? Long.toString(netns) : namespace;
    }
}
