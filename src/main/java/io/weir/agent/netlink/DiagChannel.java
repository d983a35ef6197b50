package io.weir.agent.netlink;

import io.weir.agent.sys.NetlinkSocket;
import java.lang.foreign.MemorySegment;
import java.time.Duration;

/** Where requests go and answers come from: a socket of one network namespace. One thread. */
interface DiagChannel extends AutoCloseable {
    /** Sends to the kernel; returns 0, or {@code -errno}. */
    int send(MemorySegment request);

    /** Returns the length, longer than {@code buffer} if it did not fit; or {@code -errno}. */
    int receive(MemorySegment buffer);

    @Override
    void close();

    /** A fresh socket of the namespace the calling thread is in. */
    static DiagChannel open(Duration timeout) {
        NetlinkSocket socket = NetlinkSocket.open(NetlinkSocket.SOCK_DIAG);
        try {
            return new OfSocket(socket.receiveTimeout(timeout));
        } catch (RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    /** The kernel's. */
    record OfSocket(NetlinkSocket socket) implements DiagChannel {
        @Override
        public int send(MemorySegment request) {
            return socket.send(request);
        }

        @Override
        public int receive(MemorySegment buffer) {
            return socket.receive(buffer);
        }

        @Override
        public void close() {
            socket.close();
        }
    }
}
